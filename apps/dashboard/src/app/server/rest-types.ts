import type { components, paths } from './generated/rest-api.ts';

/** What makes a camera. */
export type NewCamera = components['schemas']['NewCamera'];
/** A merge patch of a camera; `null` puts a setting back to its default. */
export type CameraPatch = components['schemas']['CameraPatch'];

export type Method = 'get' | 'post' | 'patch' | 'delete';

/** The paths that the server has for a method, with their parameters in braces. */
export type PathOf<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Readonly<Record<M, object>> ? Path : never;
}[keyof paths];

type Operation<M extends Method, Path extends PathOf<M>> = paths[Path][M];

/** `{ path: { id: string } }`, of a path with parameters. */
type PathPart<Op> = Op extends { parameters: { path: infer Parameters } }
  ? { readonly path: Parameters }
  : unknown;

type QueryPart<Op> = Op extends { parameters: { query?: infer Query } }
  ? [Query] extends [never]
    ? unknown
    : { readonly query?: Query }
  : unknown;

type BodyPart<Op> = Op extends { requestBody: { content: { 'application/json': infer Body } } }
  ? { readonly body: Body }
  : unknown;

/** What a call needs besides its method and path; the server refuses whatever else is sent. */
export type RequestOf<M extends Method, Path extends PathOf<M>> = PathPart<Operation<M, Path>> &
  QueryPart<Operation<M, Path>> &
  BodyPart<Operation<M, Path>>;

interface Options {
  /** Version that is meant; the call fails with 412 when it is no longer the newest. */
  readonly ifMatch?: number;
  /** For what may take its time. */
  readonly timeoutMs?: number;
}

/** Any request, as far as sending it goes. */
export interface SomeRequest extends Options {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

/** The request, which may be left out where nothing in it is needed. */
export type RequestArguments<M extends Method, Path extends PathOf<M>> =
  object extends RequestOf<M, Path>
    ? [request?: RequestOf<M, Path> & Options]
    : [request: RequestOf<M, Path> & Options];

/** The JSON that a successful call is answered with; `undefined` where nothing is. */
export type AnswerOf<M extends Method, Path extends PathOf<M>> =
  Operation<M, Path> extends { responses: infer Responses }
    ? JsonOf<Responses[keyof Responses & (200 | 201)]>
    : undefined;

type JsonOf<Response> = Response extends { content: { 'application/json': infer Json } }
  ? Json
  : undefined;
