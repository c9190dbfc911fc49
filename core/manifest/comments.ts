/** JSON with `//` and block comments blanked at the same length, as editors' and dev containers' settings have them. */
export function withoutComments(text: string): string {
  if (!text.includes("//") && !text.includes("/*")) return text;
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (token) =>
    token.startsWith("/") ? token.replace(/[^\r\n]/g, " ") : token,
  );
}
