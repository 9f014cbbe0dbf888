/* For the type checker only: what the page's scripts share. */
type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string | null | undefined;

interface Sro {
  el(tag: string, attributes?: Attributes, ...children: Child[]): HTMLElement;
  svg(tag: string, attributes?: Attributes, ...children: Child[]): SVGElement;
  number(value: number, digits: number, words: Record<string, string>): string;
  signed(value: number, digits: number, words: Record<string, string>): string;
  round(value: number, digits: number): number;
  fill(text: string, facts: Record<string, string | number>): string;
  fold(text: string): string;
  [own: string]: any;
}

interface Window {
  sroGeo: Sro;
}
declare const L: any;
