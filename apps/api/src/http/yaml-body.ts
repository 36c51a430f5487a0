/** What a body of YAML may call itself; the first is its name by RFC 9512. */
export const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml'] as const;

/** Enough for two hundred cameras, and read within a fraction of a second whatever it holds. */
export const YAML_LIMIT = '128kb';
