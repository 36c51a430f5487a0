import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from '../access/session-cookie.ts';
import { finishOperation, methodsOf, TOKEN_IN_ADDRESS } from './finish-operation.ts';
import { componentSchemas } from './schemas.ts';
import { TAGS } from './tags.ts';

/** Describes every route of the api, as OpenAPI 3.1. */
export function openApiDocument(app: INestApplication, version: string): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Lookout')
    .setDescription('Cameras, live pictures and detections. Errors are RFC 9457 problems.')
    .setVersion(version)
    .addServer('/', 'This installation')
    .addBearerAuth()
    .addCookieAuth(SESSION_COOKIE)
    .addApiKey({ type: 'apiKey', in: 'query', name: 'token' }, TOKEN_IN_ADDRESS)
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
  });
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [, operation] of methodsOf(operations)) finishOperation(path, operation);
  }
  const license = { name: 'Apache-2.0', identifier: 'Apache-2.0' };
  return {
    ...document,
    info: { ...document.info, license },
    tags: tagsOf(document),
    components: { ...document.components, schemas: componentSchemas() },
  };
}

function tagsOf(document: OpenAPIObject) {
  const used = new Set(
    Object.values(document.paths).flatMap((path) =>
      methodsOf(path).flatMap(([, operation]) => operation.tags ?? []),
    ),
  );
  return [...used].toSorted().map((name) => ({ name, description: TAGS[name] ?? '' }));
}
