import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../shell/icon.ts';
import type { CameraDiagnosis, DoctorReport } from './doctor.ts';
import { figure, partWord, severityIcon } from './doctor-words.ts';

type Finding =
  Omit<CameraDiagnosis, 'cameraId' | 'also'> | NonNullable<DoctorReport['findings']>[number];

/** One finding: what, how one sees it, and what to do. */
@Component({
  selector: 'lo-finding-row',
  imports: [Icon, RouterLink],
  template: `
    <h3>
      <lo-icon [name]="icon()" />
      @if (cameraId(); as id) {
        <a [routerLink]="['/cameras', id]">{{ name() }}</a>
      } @else {
        <span>{{ name() }}</span>
      }
      <span class="part">{{ part() }}</span>
      <span class="severity">{{ finding().severity }}</span>
    </h3>
    <p class="headline">{{ finding().headline }}</p>
    @if (concerns() !== '') {
      <p class="concerns"><b>Holds back</b> {{ concerns() }}</p>
    }
    @if (finding().advice; as advice) {
      <p class="advice"><b>Do</b> {{ advice }}</p>
    }
    <dl>
      @for (item of figures(); track item.name) {
        <div [class.missing]="item.missing">
          <dt>{{ item.name }}</dt>
          <dd>{{ item.figure }}</dd>
        </div>
      }
    </dl>
    @for (other of also(); track $index) {
      <p class="also">
        <span class="part">{{ word(other.limit) }}</span> {{ other.headline }}
      </p>
    }
  `,
  styleUrl: './finding-row.scss',
  host: { '[attr.data-severity]': 'finding().severity' },
})
export class FindingRow {
  readonly finding = input.required<Finding>();
  readonly name = input.required<string>();
  /** Of a finding about a camera. */
  readonly cameraId = input<string>();
  /** Names of the cameras that it holds back, of a finding about the whole. */
  readonly concerns = input('');
  readonly also = input<CameraDiagnosis['also']>([]);
  protected readonly word = partWord;
  protected readonly icon = computed(() => severityIcon(this.finding().severity));
  protected readonly part = computed(() => {
    const finding = this.finding();
    return partWord('limit' in finding ? finding.limit : finding.part);
  });
  protected readonly figures = computed(() =>
    this.finding().evidence.map((item) => ({
      name: item.name,
      figure: figure(item),
      missing: item.value === null,
    })),
  );
}
