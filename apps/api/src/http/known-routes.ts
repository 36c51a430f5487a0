import { HttpException, HttpStatus, UnsupportedMediaTypeException } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Request, RequestHandler, Response } from 'express';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Route {
  readonly pattern: RegExp;
  /** In upper case. */
  readonly method: string;
  /** Media types of the body; `undefined` where there is none. */
  readonly types: readonly string[] | undefined;
}

/**
 * Refuses, before any route is asked, a method that a path does not have (405) and a body in a type
 * that the route does not read (415). What a path has is what the OpenAPI document says.
 */
export function knownRoutes(document: () => OpenAPIObject): RequestHandler {
  let known: readonly Route[] | undefined;
  return (request, response, next) => {
    known ??= routesOf(document());
    const routes = known.filter(({ pattern }) => pattern.test(request.path));
    next(routes.length === 0 ? undefined : refusalOf(routes, request, response));
  };
}

function refusalOf(
  routes: readonly Route[],
  request: Request,
  response: Response,
): HttpException | undefined {
  if (request.method === 'OPTIONS') return undefined;
  const wanted = request.method === 'HEAD' ? 'GET' : request.method;
  const route = routes.find(({ method }) => method === wanted);
  if (route === undefined) {
    const allowed = [...new Set(routes.map(({ method }) => method))].join(', ');
    response.setHeader('Allow', allowed);
    const detail = `${request.method} is not possible here, only ${allowed}`;
    return new HttpException(detail, HttpStatus.METHOD_NOT_ALLOWED);
  }
  const { types } = route;
  // The route itself complains where it needs a body and there is none.
  const isEmpty = request.headers['content-length'] === '0';
  if (types === undefined || isEmpty || request.is([...types]) !== false) return undefined;
  return new UnsupportedMediaTypeException(`The body must be ${types.join(' or ')}`);
}

function routesOf(document: OpenAPIObject): Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const body = operations[method]?.requestBody;
      const types = body !== undefined && 'content' in body ? Object.keys(body.content) : undefined;
      const route = { pattern: patternOf(path), method: method.toUpperCase(), types };
      return operations[method] === undefined ? [] : [route];
    }),
  );
}

/** As Express matches: letters of either case, and perhaps a slash at the end. */
function patternOf(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}/?$`, 'i');
}
