/** What jsdom has not: observers that a test drives by hand, and canvases that draw nothing. */

class ResizeObserverStub implements ResizeObserver {
  observe(): void {
    // Nothing has a size in jsdom.
  }
  unobserve(): void {
    // As above.
  }
  disconnect(): void {
    // As above.
  }
}

const observers = new Set<IntersectionObserverStub>();

class IntersectionObserverStub {
  readonly #callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
  }

  observe(): void {
    observers.add(this);
  }

  disconnect(): void {
    observers.delete(this);
  }

  tell(isIntersecting: boolean): void {
    this.#callback(
      [{ isIntersecting } as IntersectionObserverEntry],
      this as unknown as IntersectionObserver,
    );
  }
}

/** Scrolls everything that is observed into or out of sight. */
export function setInSight(inSight: boolean): void {
  for (const observer of observers) observer.tell(inSight);
}

/** Puts the stubs where the page looks for the real ones. */
export function installBrowserStubs(): void {
  Object.assign(globalThis, {
    ResizeObserver: ResizeObserverStub,
    IntersectionObserver: IntersectionObserverStub,
    // Charts ask how many dots a pixel has.
    matchMedia: () => new EventTarget(),
  });
  HTMLCanvasElement.prototype.getContext = () => null;
}
