import type { DetectionResult, FrameMeta } from '@lookout/contracts';
import type { Drawable, DrawLoop } from './draw-loop.ts';
import { letterbox, type Size } from './overlay-geometry.ts';
import { paintOverlay, type BoxStyle } from './overlay-painter.ts';
import type { PictureStream } from './picture-stream.ts';

/** What a stage asks of the camera whose pictures it shows. */
export interface StageSource {
  readonly stream: PictureStream;
  /** A frame has just been drawn. */
  drawn(frame: FrameMeta): void;
  /** The result whose boxes belong on this frame now. */
  resultFor(frame: FrameMeta): DetectionResult | undefined;
}

/** The two canvases of one camera on the page: its picture, and the boxes over it. */
export class Stage implements Drawable {
  readonly #loop: DrawLoop;
  readonly #source: StageSource;
  readonly #picture: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #pictureContext: CanvasRenderingContext2D | null;
  readonly #overlayContext: CanvasRenderingContext2D | null;
  #view: Size = { width: 0, height: 0 };
  #pixelRatio = 1;
  #frame: FrameMeta | undefined;
  #style: BoxStyle = 'none';
  #lag: string | null = null;
  #painted: DetectionResult | undefined;
  #repaint = true;

  constructor(
    loop: DrawLoop,
    source: StageSource,
    picture: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
  ) {
    this.#loop = loop;
    this.#source = source;
    this.#picture = picture;
    this.#overlay = overlay;
    this.#pictureContext = picture.getContext('2d', { alpha: false });
    this.#overlayContext = overlay.getContext('2d');
  }

  /** Asks to be drawn with the next animation frame. */
  request(): void {
    this.#loop.request(this);
  }

  /** The element's size in CSS pixels, and how many device pixels one of them is. */
  resize(view: Size, pixelRatio: number): void {
    this.#view = view;
    this.#pixelRatio = pixelRatio;
    this.#repaint = true;
    this.request();
  }

  /** How boxes look from now on. */
  dress(style: BoxStyle, lag: string | null): void {
    if (style === this.#style && lag === this.#lag) return;
    this.#style = style;
    this.#lag = lag;
    this.#repaint = true;
    this.request();
  }

  draw(): void {
    if (this.#pictureContext !== null) {
      const { width, height } = this.#picture;
      const frame = this.#source.stream.drawTo(this.#pictureContext);
      if (frame !== undefined) {
        this.#frame = frame;
        this.#repaint ||= width !== this.#picture.width || height !== this.#picture.height;
        this.#source.drawn(frame);
      }
    }
    const result = this.#frame === undefined ? undefined : this.#source.resultFor(this.#frame);
    if (result !== this.#painted) this.#repaint = true;
    if (this.#repaint) this.#paint(result);
  }

  /** Writes what tests and assistive tools may read; called with the figures, not with each frame. */
  annotate(): void {
    const sequence = this.#frame?.sequence;
    if (sequence !== undefined) this.#picture.dataset['sequence'] = String(sequence);
  }

  destroy(): void {
    this.#loop.cancel(this);
    // Frees the pixels now instead of whenever the elements are collected.
    for (const canvas of [this.#picture, this.#overlay]) canvas.width = canvas.height = 0;
  }

  #paint(result: DetectionResult | undefined): void {
    const context = this.#overlayContext;
    if (context === null) return;
    this.#repaint = false;
    this.#painted = result;
    const width = Math.round(this.#view.width * this.#pixelRatio);
    const height = Math.round(this.#view.height * this.#pixelRatio);
    if (this.#overlay.width !== width) this.#overlay.width = width;
    if (this.#overlay.height !== height) this.#overlay.height = height;
    context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, 0, 0);
    context.clearRect(0, 0, this.#view.width, this.#view.height);
    const boxes = paintOverlay(
      context,
      { detections: result?.detections ?? [], style: this.#style, lag: this.#lag },
      letterbox(this.#frame ?? { width: 0, height: 0 }, this.#view),
    );
    this.#overlay.dataset['boxes'] = String(boxes);
  }
}
