/** Packed tables by shape. The bundler puts them here (rolldown.config.ts); unbundled there are none, and all are built. */
export const BUNDLED_TABLES: Readonly<Record<string, string>> = {};
