import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** Where Nest lists each module and each route at every start. */
const CHATTY = new Set<unknown>(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** The log of the api, without Nest's own inventory. */
@Injectable()
export class Log extends Logger {
  override log(message: unknown, ...details: unknown[]): void {
    if (CHATTY.has(details.at(-1))) this.debug(message, ...details);
    else super.log(message, ...details);
  }
}
