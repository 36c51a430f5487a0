/** A model cannot be converted; the message names the node and what is not known of it. */
export class ConversionError extends Error {
  override readonly name = 'ConversionError';
}
