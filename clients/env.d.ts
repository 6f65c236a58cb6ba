/** What the build adds to the language: style sheets as side effects, files as addresses. */
declare module '*.css';
declare module '*.wasm?url' {
  export const address: string;
  // Vite hands out an asset's address as the default export.
  export default address;
}
