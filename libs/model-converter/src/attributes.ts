import { ConversionError } from './conversion-error.ts';
import type { GraphAttribute, GraphNode } from './graph-model.ts';

/**
 * Reads the attributes of one node. Every attribute must be read or named as one that does not
 * matter: `done` refuses the node otherwise, so that nothing it asks for is silently left out.
 */
export class Attributes {
  readonly #node: GraphNode;
  readonly #unread: Set<string>;

  constructor(node: GraphNode) {
    this.#node = node;
    this.#unread = new Set(Object.keys(node.attr));
  }

  /** A text, decoded from base64. */
  text(name: string): string {
    return decode(this.#get(name).s ?? this.#wrong(name, 'a text'));
  }

  /** A list of texts. */
  texts(name: string): string[] {
    return (this.#get(name).list?.s ?? []).map(decode);
  }

  /** A whole number. */
  integer(name: string): number {
    return this.#get(name).i ?? this.#wrong(name, 'a whole number');
  }

  /** A list of whole numbers. */
  integers(name: string): number[] {
    return this.#get(name).list?.i ?? [];
  }

  /** Refuses the node unless the attribute says yes or no as expected. */
  expectFlag(name: string, expected: boolean): void {
    const flag = this.#get(name).b ?? this.#wrong(name, 'a yes or no');
    if (flag !== expected) this.refuse(`${name}=${String(flag)}`);
  }

  /** Refuses the node unless the attribute is this text. */
  expectText(name: string, expected: string): void {
    const text = this.text(name);
    if (text !== expected) this.refuse(`${name}=${text}`);
  }

  /** Refuses the node unless the attribute is this list, or is absent and the list is empty. */
  expectIntegers(name: string, expected: readonly number[]): void {
    if (expected.length === 0 && !(name in this.#node.attr)) return;
    const list = this.integers(name);
    if (list.join() !== expected.join()) this.refuse(`${name}=[${list.join()}]`);
  }

  /** Refuses the node unless it computes with float32. */
  expectFloats(): void {
    const type = this.#get('T').type;
    if (type !== 'DT_FLOAT') this.refuse(`T=${String(type)}`);
  }

  /** Names attributes that change nothing about the result. */
  ignore(...names: string[]): void {
    for (const name of names) this.#unread.delete(name);
  }

  /** Refuses the node when it has attributes that nobody read. */
  done(): void {
    const [unread] = this.#unread;
    if (unread !== undefined) this.refuse(`attribute ${unread}, which is not known`);
  }

  /**
   * Refuses the node.
   * @throws ConversionError naming the node and what it wants
   */
  refuse(what: string): never {
    throw new ConversionError(
      `${this.#node.op} ${this.#node.name} cannot be converted with ${what}`,
    );
  }

  #get(name: string): GraphAttribute {
    this.#unread.delete(name);
    return this.#node.attr[name] ?? this.refuse(`its attribute ${name} missing`);
  }

  #wrong(name: string, kind: string): never {
    return this.refuse(`an attribute ${name} that is not ${kind}`);
  }
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
