import {
  type CreatedToken,
  createdTokenSchema,
  type NewToken,
  newTokenSchema,
  type Token,
  tokenSchema,
} from '@lookout/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Audited } from '../audit/audited.ts';
import { ZodPipe } from '../http/zod-pipe.ts';
import { describe } from '../openapi/describe.ts';
import { named } from '../openapi/schemas.ts';
import { Caller } from './caller.ts';
import type { Principal } from './principal.ts';
import { Needs } from './rights.ts';
import { TokensService } from './tokens.service.ts';

@ApiTags('tokens')
@Needs({ role: 'admin' })
@Controller('tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  @describe({
    summary: 'All tokens, without their secrets',
    answers: { 200: { description: 'The tokens', schema: named('Tokens', z.array(tokenSchema)) } },
  })
  list(): Promise<Token[]> {
    return this.tokens.list();
  }

  @Post()
  @Audited('token.created')
  @describe({
    summary: 'Make a token; its secret is in this answer and nowhere else',
    body: named('NewToken', newTokenSchema),
    example: { name: 'Wall display', role: 'viewer' },
    answers: {
      201: { description: 'The token', schema: named('CreatedToken', createdTokenSchema) },
    },
  })
  create(@Body(new ZodPipe(newTokenSchema)) wanted: NewToken): Promise<CreatedToken> {
    return this.tokens.create(wanted);
  }

  @Delete(':id')
  @HttpCode(204)
  @Audited('token.revoked')
  @describe({
    summary: 'Revoke a token: its sessions and open connections end at once',
    answers: {
      204: { description: 'It is revoked' },
      404: { description: 'There is no such token' },
      409: { description: "It is the caller's own, or the last one of an admin" },
    },
  })
  revoke(@Param('id') id: string, @Caller() caller: Principal): Promise<void> {
    return this.tokens.revoke(id, caller);
  }
}
