import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.ts';
import { WatchModule } from '../status/watch.module.ts';
import { AccessGuard } from './access.guard.ts';
import { AccessService } from './access.service.ts';
import { OpenAnswers } from './open-answers.ts';
import { Refusals } from './refusals.ts';
import { SessionController } from './session.controller.ts';
import { TokensController } from './tokens.controller.ts';
import { TokensService } from './tokens.service.ts';

/** Who may come in, and what for. */
@Global()
@Module({
  imports: [AuditModule, WatchModule],
  controllers: [SessionController, TokensController],
  providers: [
    AccessService,
    OpenAnswers,
    TokensService,
    Refusals,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccessService, Refusals],
})
export class AccessModule {}
