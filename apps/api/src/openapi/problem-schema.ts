import { problemSchema } from '@lookout/contracts';
import { named } from './schemas.ts';

/** Every error, as RFC 9457 has it. */
export const Problem = named('Problem', problemSchema);
