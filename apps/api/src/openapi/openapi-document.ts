import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { componentSchemas, reference } from './schemas.ts';
import { Problem } from './problem-schema.ts';
import { SESSION_COOKIE } from '../access/session-cookie.ts';

/** Describes every route of the api, as OpenAPI 3.1. */
export function openApiDocument(app: INestApplication, version: string): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Lookout')
    .setDescription('Cameras, live pictures and detections. Errors are RFC 9457 problems.')
    .setVersion(version)
    .addBearerAuth()
    .addCookieAuth(SESSION_COOKIE)
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('cookie')
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
  });
  const problem = reference(Problem, 'output');
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.patch, path.put, path.delete]) {
      if (operation === undefined) continue;
      operation.responses.default = {
        description: 'A problem',
        content: { 'application/problem+json': { schema: problem } },
      };
    }
  }
  document.components = { ...document.components, schemas: componentSchemas() };
  return document;
}
