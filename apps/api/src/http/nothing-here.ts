import { NotFoundException } from '@nestjs/common';
import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { sendProblem, toProblem } from './problem-filter.ts';

/** Answers, as a problem, what neither the api nor the dashboard's files know or can read. */
export function nothingHere(): RequestHandler {
  const router = Router();
  const unknown: RequestHandler = (request, _response, next) => {
    next(new NotFoundException(`There is nothing at ${request.path}`));
  };
  const problem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) next(error);
    else sendProblem(response, toProblem(error));
  };
  router.use(unknown, problem);
  return router;
}
