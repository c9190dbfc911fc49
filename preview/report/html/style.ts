/** The stylesheet of the page; text in a module for the reason that client.ts gives. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: #fff; --panel: #f6f8fa; --text: #1f2328; --dim: #57606a; --line: #d8dee4; --link: #0550ae;
  --red: #a40e26; --red-bg: #ffebe9; --amber: #7a4a00; --amber-bg: #fff3d1;
  --green: #116329; --green-bg: #dcf7e3; --blue: #0a4a99; --blue-bg: #e2f1ff; --grey-bg: #eaeef2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0f1318; --panel: #171c23; --text: #e6e9ed; --dim: #9aa4af; --line: #2c333c; --link: #86bdff;
    --red: #ff9d94; --red-bg: #3d1719; --amber: #eabf5b; --amber-bg: #35290c;
    --green: #74d98f; --green-bg: #14301e; --blue: #94c8ff; --blue-bg: #14293f; --grey-bg: #262d36;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 3.25rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--bg); color: var(--text);
  font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, dl, dd, pre { margin: 0; }
ul { padding: 0; list-style: none; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
li a, td a, th a { text-decoration-color: transparent; }
a:hover { text-decoration-color: currentcolor; }
code, pre, .type, .urn, ins, del { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.8125rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; border-radius: 4px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 0.5rem; top: 0.5rem; z-index: 2; background: var(--bg); padding: 0.5rem; }

header, nav ul, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
.source { color: var(--dim); font-size: 0.8125rem; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 650; }
.stack { color: var(--dim); font-weight: 400; }
.verdict { margin: 0.875rem 0 0.25rem; padding: 0.625rem 0.875rem; border-radius: 6px; border-left: 4px solid; }
.verdict strong { margin-right: 0.5rem; }
.verdict.fails { background: var(--red-bg); border-color: var(--red); }
.verdict.warns { background: var(--amber-bg); border-color: var(--amber); }
.verdict.passes { background: var(--green-bg); border-color: var(--green); }
.fails strong { color: var(--red); } .warns strong { color: var(--amber); } .passes strong { color: var(--green); }

nav { position: sticky; top: 0; z-index: 1; background: var(--bg); border-bottom: 1px solid var(--line); margin-top: 0.5rem; }
nav ul { display: flex; gap: 0.125rem; overflow-x: auto; scrollbar-width: none; }
nav a { display: block; padding: 0.625rem 0.375rem; white-space: nowrap; text-decoration: none; font-size: 0.8125rem; }
nav a:hover { text-decoration: underline; }
.count { color: var(--dim); font-size: 0.8125rem; font-weight: 400; font-variant-numeric: tabular-nums; }

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.25rem, 1fr)); gap: 0.5rem; margin: 1rem 0 0; }
.cards a { display: block; height: 100%; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 6px; color: var(--dim); text-decoration: none; font-size: 0.8125rem; }
.cards a:hover { border-color: var(--dim); }
.cards b { display: block; font-size: 1.375rem; line-height: 1.25; font-weight: 600; color: var(--text); font-variant-numeric: tabular-nums; }
.cards .grave b { color: var(--red); } .cards .warning b { color: var(--amber); }

section { padding: 1.75rem 0 0; }
h2 { font-size: 1.0625rem; font-weight: 650; margin-bottom: 0.625rem; }
h3 { font-size: 0.875rem; font-weight: 600; margin: 1rem 0 0.375rem; }
.more { color: var(--dim); font-size: 0.8125rem; margin-top: 0.5rem; }
.label { color: var(--dim); font-size: 0.8125rem; }
.summary { margin: 0.5rem 0; }
.name { font-weight: 550; }
.type { color: var(--dim); }
a .type { color: inherit; }

.badge { display: inline-block; padding: 0 0.4375rem; border-radius: 1rem; font-size: 0.75rem; line-height: 1.25rem; font-weight: 550; background: var(--grey-bg); color: var(--text); }
.badge.mandatory, .badge.grave, .badge.removed, .badge.now { background: var(--red-bg); color: var(--red); }
.badge.advisory, .badge.update, .badge.note { background: var(--amber-bg); color: var(--amber); }
.badge.create, .badge.added { background: var(--green-bg); color: var(--green); }
.badge.rename, .badge.open { background: var(--blue-bg); color: var(--blue); }

.finding, .change { padding: 0.625rem 0.875rem; border: 1px solid var(--line); border-left-width: 3px; border-radius: 6px; margin-bottom: 0.5rem; }
.finding.mandatory, .change.grave { border-left-color: var(--red); }
.finding.advisory, .change.update { border-left-color: var(--amber); }
.finding.open, .change.rename { border-left-color: var(--blue); }
.message { margin-top: 0.25rem; white-space: pre-wrap; }
.fix { margin-top: 0.125rem; white-space: pre-wrap; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.375rem; }
.policy { margin-left: auto; font-size: 0.8125rem; }
.pack, .old { color: var(--dim); }
.old { font-size: 0.8125rem; }
.holds { margin-top: 0.25rem; color: var(--red); font-weight: 550; }

.frame { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.change .frame { margin-top: 0.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
tbody th { width: 30%; }
th, td { text-align: left; vertical-align: top; padding: 0.375rem 0.75rem; font-weight: 400; border-top: 1px solid var(--line); }
tbody th { font-weight: 500; }
thead th { border-top: 0; background: var(--panel); color: var(--dim); font-size: 0.8125rem; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
ins, del { text-decoration: none; padding: 0.0625rem 0.25rem; border-radius: 3px; }
ins { background: var(--green-bg); } del { background: var(--red-bg); }
ins::before { content: "+ "; } del::before { content: "− "; }
.none { color: var(--dim); }
.by { display: block; font-size: 0.8125rem; }
.by a { color: var(--dim); }

form { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem 0.75rem; padding: 0.625rem 0.75rem; margin-bottom: 0.625rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
label { display: flex; flex-direction: column; font-size: 0.75rem; color: var(--dim); }
label:first-child { flex: 1 1 16rem; }
input, select, button { font: inherit; font-size: 0.875rem; color: var(--text); background: var(--bg); border: 1px solid var(--dim); border-radius: 5px; padding: 0.3125rem 0.5rem; min-height: 2.125rem; max-width: 100%; }
select { max-width: 18rem; }
button { cursor: pointer; }
output { font-size: 0.8125rem; color: var(--dim); min-height: 2.125rem; line-height: 2.125rem; }

summary { cursor: pointer; padding: 0.1875rem 0.25rem; border-radius: 4px; }
summary:hover { background: var(--panel); }
.tree li { content-visibility: auto; contain-intrinsic-size: auto 1.875rem; scroll-margin-top: 3.5rem; }
.tree ul ul, .tree details > ul { margin-left: 0.625rem; padding-left: 0.75rem; border-left: 1px solid var(--line); }
.tree li:target > details > summary { background: var(--blue-bg); }
.body { margin: 0.125rem 0 0.5rem 1.125rem; padding: 0.5rem 0.75rem; background: var(--panel); border-radius: 6px; }
details.body { padding: 0.125rem 0.5rem; background: none; margin-bottom: 0; }
details.body[open] { background: var(--panel); padding-bottom: 0.5rem; margin-bottom: 0.5rem; }
details.body > summary { font-size: 0.8125rem; color: var(--dim); }
dl { display: grid; grid-template-columns: minmax(5rem, max-content) 1fr; gap: 0.125rem 0.75rem; font-size: 0.8125rem; }
dt { color: var(--dim); }
pre { white-space: pre-wrap; padding: 0.5rem 0.625rem; background: var(--bg); border: 1px solid var(--line); border-radius: 5px; }
.body .label { margin: 0.5rem 0 0.125rem; }
#diagnostics pre { background: var(--panel); }
.plain li { padding: 0.0625rem 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1rem 1.5rem; }
.columns h3 { margin-top: 0; }
footer { margin-top: 2.5rem; padding: 1rem 1.25rem 2rem; color: var(--dim); font-size: 0.8125rem; border-top: 1px solid var(--line); }

@media (max-width: 40rem) {
  header, nav ul, main, footer { padding-left: 0.875rem; padding-right: 0.875rem; }
  nav a { padding: 0.75rem 0.375rem; }
  .cards { grid-template-columns: repeat(auto-fit, minmax(5.5rem, 1fr)); }
  summary { padding: 0.375rem 0.125rem; }
  .tree ul ul, .tree details > ul { margin-left: 0.25rem; padding-left: 0.5rem; }
  .body { margin-left: 0.25rem; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: 0.25rem; }
  table, tbody, tr, tbody th, td { display: block; }
  thead { position: absolute; left: -100rem; }
  tbody th { width: auto; }
  .policy { margin-left: 0; }
  tr { padding: 0.375rem 0.625rem; border-top: 1px solid var(--line); }
  tbody th, td { padding: 0.0625rem 0; border: 0; text-align: left; }
  tr > [rowspan] { font-weight: 550; }
  label, label:first-child { flex: 1 1 100%; }
  select { width: 100%; max-width: 100%; min-width: 0; }
  button { flex: 1 1 8rem; }
  input, select, button { min-height: 2.5rem; font-size: 1rem; }
}
`;
