import type { SelectGroup } from '@/components/select';
import { codeName } from '@/i18n/format';
import { message } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

/** No public holidays: no region is called so. */
export const NO_REGION = '-';

/** The parts of countries whose public holidays the engine knows. */
const PARTS: Record<string, string[]> = {
  DE: 'BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH'.split(' '),
  CH: 'AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH'.split(' '),
};

const partName = (country: string, part: string) =>
  message(`region_${country}_${part}`) ?? `${country}-${part}`;

/** Every region, by country; one that this window does not know stands first. */
export function regionGroups(present: string): SelectGroup[] {
  const country = (code: string) => ({ value: code, label: codeName('region', code) });
  const groups: SelectGroup[] = [
    { options: [{ value: NO_REGION, label: m.clocks_no_holidays() }, country('AT'), country('US')] },
    ...Object.entries(PARTS).map(([code, parts]) => ({
      label: codeName('region', code),
      options: [
        { value: code, label: m.clocks_whole_country({ country: codeName('region', code) }) },
        ...parts
          .map((part) => ({ value: `${code}-${part}`, label: partName(code, part) }))
          .sort((a, b) => a.label.localeCompare(b.label)),
      ],
    })),
  ];
  const isKnown = groups.some(({ options }) => options.some(({ value }) => value === present));
  return present === '' || isKnown ? groups : [{ options: [{ value: present, label: present }] }, ...groups];
}
