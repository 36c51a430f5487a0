import { isDeepStrictEqual } from 'node:util';
import type { Source } from '@lookout/contracts';
import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../http/invalid-input.ts';
import { isLocked } from '../secrets/locked-source.ts';
import { AddressRules } from './address-rules.ts';
import { MediaFiles } from './media-files.ts';
import { hostOf, restoreCredentials } from './source-url.ts';

/** Decides which sources a client may name. */
@Injectable()
export class SourceChecks {
  constructor(
    private readonly mediaFiles: MediaFiles,
    private readonly rules: AddressRules,
  ) {}

  /**
   * @param stored - the source that a client may have read, with its credentials
   * @returns the source with `***` replaced by what is stored
   * @throws InvalidInput when it may not be used
   */
  async accept(source: Source, stored?: Source): Promise<Source> {
    if (source.type === 'file') {
      const found = await this.mediaFiles.locate(source.path);
      if (found.state === 'outside') throw refused('source.path', found.reason);
    }
    if (!('url' in source)) return source;
    const refusal = this.rules.refusalOfHost(hostOf(source.url));
    if (refusal !== null) throw refused('source.url', refusal);
    const before = stored !== undefined && 'url' in stored ? stored.url : undefined;
    const url = restoreCredentials(source.url, before);
    if (url === null) {
      throw refused(
        'source.url',
        'has *** where no credential is kept for this host and protocol: write the credentials in full',
      );
    }
    const accepted = { ...source, url };
    if (isLocked(accepted) && !isDeepStrictEqual(accepted, stored)) {
      throw refused('source.url', 'is sealed and its key is missing: write the address in full');
    }
    return accepted;
  }
}

function refused(path: string, message: string): InvalidInput {
  return new InvalidInput([{ path, message }]);
}
