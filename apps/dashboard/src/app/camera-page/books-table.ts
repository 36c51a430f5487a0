import { Component, computed, input } from '@angular/core';
import type { Books } from '@lookout/contracts';
import { formatCount } from '../figures/age.ts';
import { bookSums } from './book-sums.ts';
import { CopyButton } from './copy-button.ts';
import { Icon } from '../shell/icon.ts';

/** Where every frame went, as two sums that can be checked by eye. */
@Component({
  selector: 'lo-books-table',
  imports: [CopyButton, Icon],
  templateUrl: './books-table.html',
  styleUrl: './books-table.scss',
})
export class BooksTable {
  readonly books = input.required<Books | null>();
  protected readonly sums = computed(() => {
    const books = this.books();
    return books === null ? [] : bookSums(books);
  });
  protected readonly copied = computed(() => JSON.stringify(this.books(), null, 2));
  protected readonly count = formatCount;
}
