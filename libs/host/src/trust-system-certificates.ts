import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Has TLS connections of this process trust, besides the authorities that come with Node, those that
 * this machine trusts: a site's own authority is installed there once, for all programs. Takes about
 * 0.1 s. To be called in a process' first thread before any such connection is made.
 */
export function trustSystemCertificates(): void {
  const all = [...getCACertificates('default'), ...getCACertificates('system')];
  setDefaultCACertificates([...new Set(all)]);
}
