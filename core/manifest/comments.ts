/** Addresses have a colon before their slashes. */
const COMMENT = /(?:^|[\s,{[])\/[/*]/;

/** JSON with `//` and block comments blanked at the same length, as editors' and dev containers' settings have them. */
export function withoutComments(text: string): string {
  if (!COMMENT.test(text)) return text;
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (token) =>
    token.startsWith("/") ? token.replace(/[^\r\n]/g, " ") : token,
  );
}
