// Asks an address, with the trust that the applications have, and prints the answer's status.
import { get } from 'node:https';
import { trustSystemCertificates } from './trust-system-certificates.ts';

trustSystemCertificates();
get(process.argv[2] ?? '', (answer) => {
  answer.resume();
  process.stdout.write(String(answer.statusCode));
}).on('error', (error) => {
  process.stdout.write(error.message);
});
