import { Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';

/** Keeps the document, which can only be made once every route is known. */
@Injectable()
export class OpenApiHolder {
  #document: OpenAPIObject | undefined;

  get document(): OpenAPIObject {
    if (this.#document === undefined) throw new Error('The OpenAPI document was not made yet');
    return this.#document;
  }

  set document(document: OpenAPIObject) {
    this.#document = document;
  }
}
