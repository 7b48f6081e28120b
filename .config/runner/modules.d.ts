// The runner is plain JavaScript with its types in comments; the project's type check reads only TypeScript.
declare module '*.mjs';
