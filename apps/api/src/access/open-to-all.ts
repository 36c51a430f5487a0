import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const OPEN_TO_ALL = Symbol('OpenToAll');

/** Lets a route be called without a token. Everything that is not marked so needs one. */
export const OpenToAll = () =>
  applyDecorators(SetMetadata(OPEN_TO_ALL, true), ApiExtension('x-open-to-all', true));

export const TOKEN_IN_ADDRESS = Symbol('TokenInAddress');

/** Lets a route take `?token=` too, for players and image tags that cannot send a header. */
export const TokenInAddress = () =>
  applyDecorators(SetMetadata(TOKEN_IN_ADDRESS, true), ApiExtension('x-token-in-address', true));
