/*
 * For the type checker only: what the page's scripts share. Where a statement has several functions, `@param` says the name before the
 * type: it holds for each that has such a parameter. (`@param {type} name` is for the first alone.)
 */
type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string | null | undefined;

/** A quarter, or a larger area without an id, in a year: its value, or why there is none. */
type Cell = Known | Unknown;
interface Known { id: string; value: number; low: number | null; high: number | null; estimated: boolean; reason: "" }
interface Unknown { id: string; value: null; low: null; high: null; estimated: boolean; reason: Reason }
/** Its change between two years. */
type Change = Cell & { before: Cell; after: Cell };

interface Box { x0: number; y0: number; x1: number; y1: number }
type Add = (tag: string, attributes?: Attributes, ...children: Child[]) => SVGElement;
/** A label with its place; `i` and `id` say whose it is. */
interface Label {
  i: number; id: string; lines: { text: string; bold: boolean }[]; size: number; side: string; x: number; y: number; box: Box;
  leader: Line | null; number: boolean; edge: boolean; white: boolean; ink: string; paper: string;
  /** Name of the larger unit that it is of. */
  unit?: string;
}

interface MapState {
  view: MapView;
  selected: string;
  hovered: string;
  /** Class that the legend lights up. */
  lit: number | null;
  /** Quarters that the map lights up besides. */
  found: Set<string> | null;
  labels: LabelMode;
  kinds: Set<string>;
  /** Whether the reader has chosen the kinds. */
  own: boolean;
  unfolded: boolean;
}
interface Sort { column: number; down: boolean }
/** `view` is `base` as it is, in another year or as a change. */
interface AtlasState extends MapState {
  view: View;
  base: View;
  year: Asked<number>;
  /** `Asked`, and may be taken away. */
  get span(): number[];
  set span(years: number[] | null);
  moving: boolean;
  beside: string[];
  ticked: string[];
  sort: Sort;
}

type Tell = (id: string, at?: Point | null) => void;
interface MapAct {
  select(id: string): void;
  hover: Tell;
  light(placed: number): void;
  relight(): void;
  showKind(symbol: OfferSymbol): void;
  announce(): void;
  show(): void;
}
interface AtlasAct extends MapAct {
  choose(view: View): void;
  setSpan(span: number[], moving: boolean): void;
  setYear(year: number): void;
  setBeside(codes: string[]): void;
  setTicked(ids: string[]): void;
  seek(): void;
  goTo(view: View): void;
}
/** What stands around a map. */
interface Page { banner: string; draw(): void; begin(): void; mark(): void; dim(): void; select(): void; keep(): void; list(): Table }
/** A table as it is shown: a row of texts for each quarter, and for the city where it has one; the map's values stand in the column `at`. */
interface Table { heads: string[]; rows: string[][]; at: number; year: string; note: string }

/** The quarters as they are drawn: `anew` says whether their pixels are others; `at` gives the number of the one under an event, or −1. */
interface Areas {
  move(anew: boolean): void;
  show(): void;
  mark(chosen: number, stop: number): void;
  at(event: MouseEvent): number;
  focus(i: number, from: number): void;
}
/** The map with all that is drawn on it, in pixels of the present zoom. */
interface Drawn {
  map: LeafletMap;
  data: PageData;
  features: Feature[];
  /** Number of each quarter. */
  numbers: Map<string, number>;
  areas: Areas;
  /** Puts the quarters on the map, once. */
  lay(): void;
  bounds: LeafletBounds;
  /** Zoom and place that the pixels hold for. */
  measured: string;
  drawing: SVGElement;
  groups: SVGElement[];
  state: MapState;
  labelled?: string;
  /** Numbers of quarters, or −1. */
  focused: number;
  ring: number;
  shapes: { rings: Line[]; pole: Point; box: Box }[];
  units: { name: string; pole: Point; rings: Line[]; d: string }[];
  water: { name: string; rings: Line[] }[];
  rivers: { name: string; line: Line }[];
  bridges: { name: string; line: Line }[];
  streets: Line[];
  overlays: Record<string, Line[][]>;
  points: Point[];
  fitted: number;
  fitting: boolean;
  redrawn?(): void;
  show(state: MapState): void;
  mark(state: MapState): void;
  fit(): void;
  zoom(by: number): void;
  metresPerPixel(): number;
  on(select: Tell, hover: Tell): void;
}

interface Sro {
  // begin.js, format.js
  ready: Promise<void>;
  begin(): Promise<void>;
  /** Data of a page in several files. */
  data?: unknown;
  number(value: number, digits: number, words: Words): string;
  signed(value: number, digits: number, words: Words): string;
  round(value: number, digits: number): number;
  fill(text: string, facts: Record<string, string | number>): string;

  // dom.js
  FEW_KINDS: number;
  el(tag: string, attributes?: Attributes, ...children: Child[]): HTMLElement;
  svg(tag: string, attributes?: Attributes, ...children: Child[]): SVGElement;
  readData(id: string): Promise<PageData>;
  unveil(): void;
  rove(nodes: HTMLElement[], inLine: boolean): void;
  boundsOf(rings: Line[]): LeafletBounds;
  find(id: Within): HTMLElement;
  find(id: string): HTMLElement | null;
  fillOf(picture: Picture, placed: number): string;
  swatch(picture: Picture, placed: number): SVGElement;
  sign(shape: string, look?: { solid?: boolean; ink?: string; back?: string }): SVGElement;
  mark(label: string): SVGElement;
  toggle(node: Element, name: string, on: boolean): void;
  write(id: string, text: string): void;

  // labels.js
  BRIGHT: string;
  DARK: string;
  lineMeets(line: Line, box: Box): boolean;
  apart(a: Box, b: Box): boolean;
  inside(x: number, y: number, rings: Line[]): boolean;
  boxAt(x: number, y: number, width: number, height: number): Box;
  widthOf(text: string, font: string): number;
  makeLabel(self: Drawn, i: number, of: { lines: Label["lines"]; size: number; side: string; at: Point; plate: boolean; number?: boolean }): Label;
  /** In large cities: the labels that are placed, and those that find a place now. */
  placeFreely?(self: Drawn, plan: Plan, chosen: number, placed: Label[], units: Label[]): Label[];
  cutName(name: string, cuts: number[]): string[];
  /** Name of a quarter with soft hyphens. */
  softOf(data: AtlasData | MapData, i: number, id: string): string;
  listLabels(self: Drawn, plan: Plan | null, scale: number): Label[];
  drawLabels(labels: Label[], add: Add): void;
  drawNumbers(self: Drawn, labels: Label[]): void;
  moveSign(at: Point, boxes: Box[], rings: Line[] | null): Point;

  // units.js, where a map shows larger units
  measureUnits?(self: Drawn, shared: (at: Point) => Point, pixel: (at: Point) => Point): Drawn["units"];
  drawUnits?(self: Drawn, add: Add): void;
  linkUnits?(self: Drawn): void;
  showUnit?(name: string): void;
  writeUnit?(label: Label, add: Add): void;
  listUnits?(self: Drawn, plan: Plan, enlarged: number): Label[];

  // areas.js, canvas.js
  tellArea(self: Drawn, i: number): string;
  fillArea(self: Drawn, i: number): string | null;
  makeButton(node: Element, id: string): void;
  layCanvas?(self: Drawn): Areas;
  edgeOf?(self: Drawn): number;
  layAreas(self: Drawn, layer: LeafletLayer): Areas;

  // basemap.js, where a project names one
  offerBasemap?(map: LeafletMap, data: PageData): void;
  listenAreas(self: Drawn, select: Tell, hover: Tell): void;

  // map.js
  trace(rings: Line[]): string;
  FONT: string;
  layIndicators(map: LeafletMap, id: string): LeafletLayer;
  placedOf(picture: Picture, id: string): number;
  labelOf(picture: Picture, id: string): string;
  isLit(state: MapState, placed: number, id: string): boolean;

  // legend.js
  drawLegend(node: HTMLElement, picture: Picture, words: Words, act: MapAct): void;
  markLegend(node: HTMLElement, lit: number | null): void;
  drawKey(node: HTMLElement, data: PageData, state: MapState, act: MapAct): void;
  drawScale(node: HTMLElement, metresPerPixel: number, words: Words, width: number): void;
  drawTitles(picture: Picture, words: Words, banner: string): void;
  listLegend(picture: Picture): LegendRow[];
  listNotes(picture: Picture, words: Words): [string, string][];
  isUnsure(labels: string[]): boolean;
  tell(at: Point | "" | null | undefined, lines: string[]): void;

  // sheet.js, saving.js
  drawSheet(self: Drawn, data: PageData, state: MapState): SVGElement;
  copyPattern(paper: CanvasRenderingContext2D, node: Element, scale: number): CanvasPattern;
  guard(text: string): string;
  makeSaving(data: PageData, state: MapState, map: Drawn, list: () => Table): void;

  // lists.js
  LONG: number;
  fold(text: string): string;
  layRows(table: HTMLElement, ids: string[], cells: (id: string) => (Node | null)[], act: AtlasAct): HTMLTableSectionElement[];
  makeSearch(data: AtlasData, act: AtlasAct): () => void;
  markRows(state: AtlasState): void;
  dimRows(): void;
  reveal(table: HTMLElement): void;
  setStop(table: HTMLElement): void;
  sortQuarters(data: AtlasData, ids: string[], how: { number: ((id: string) => number | null) | null; down: boolean }): string[];
  sortHead(text: string, sort: Sort | null, turn: () => void): HTMLElement;
  walkRows(table: HTMLElement): void;

  // start.js, alone.js, atlas.js
  usualKinds(data: PageData, view: MapView): Set<string>;
  start(data: PageData, map: Drawn): void;
  nameOf(data: PageData, id: string): string;
  /** The atlas makes the state of the map and what it can do its own. */
  openPage(data: PageData, state: MapState, act: MapAct): Page;

  // address.js, chooser.js
  readAddress(data: AtlasData): { view: View; beside: string[]; ticked: string[]; span: number[] | null; year: number; selected: string };
  keepAddress(data: AtlasData, state: AtlasState, act: AtlasAct): (again?: boolean) => void;
  makeChooser(data: AtlasData, state: AtlasState, act: AtlasAct): void;

  // years.js
  yearsOf(view: View): number[];
  lastOf(view: View): Asked<number>;
  readYear(view: View, year: number): Cell[];
  rankCells(cells: Cell[]): (cell: Known) => string;
  byName(data: AtlasData, a: Cell, b: Cell): number;
  listRanks(data: AtlasData, cells: Cell[], ranked: boolean): RankRow[];
  tellRanks(data: AtlasData, rows: RankRow[], ranked: boolean): Record<string, string>;
  placeCells(data: AtlasData, cells: Cell[], breaks: number[], shown: (number | null)[]): { placed: number[]; unknown: LegendUnknown[] };
  writeValue(view: View, cell: Known, words: Words): string;
  viewOf(data: AtlasData, view: View, year: number): View;
  dated(view: View, text: string): string;
  makeYears(data: AtlasData, state: AtlasState, act: AtlasAct): () => void;

  // changes.js, beside.js
  unitOfMany(units: [string, string], text: string): string;
  listChanges(view: View, from: number, to: number): Change[];
  viewChange(data: AtlasData, view: View, span: number[]): View;
  drawChanges(data: AtlasData, state: AtlasState, act: AtlasAct): void;
  drawBeside(data: AtlasData, state: AtlasState, act: AtlasAct): void;

  // ticked.js
  usualTicks(data: AtlasData): string[];
  poolSide(pool: Pool, order: string[], ids: string[]): Pooled;
  drawTicked(data: AtlasData, state: AtlasState, act: AtlasAct): void;

  // alike.js
  findNear(asked: { values: Map<string, number>; digits: number; width: number }[], order: string[], own: string): { found: Near[]; open: string[] };
  drawAlike(data: AtlasData, state: AtlasState, act: AtlasAct): void;

  // series.js, multiples.js
  cutLine(numbers: (number | null)[], at: At, broken: number[]): Line[];
  brokenAt(series: Series): number[];
  tellAreaGaps(series: Series, line: Area, years: number[], name: string, words: Words): string;
  tellBreaks(series: Series, from: number, to: number, words: Words): string;
  markBreaks(broken: number[], at: At, top: number, foot: number): SVGElement[];
  wholeLine(series: Series, line: Area): (number | null)[];
  isLine(series: Series): boolean;
  drawSeries(data: AtlasData, state: AtlasState): HTMLElement | null;
  listGaps(years: number[], numbers: (number | null)[]): string;
  drawMultiples(data: AtlasData, state: AtlasState, act: AtlasAct): void;
  markMultiples(state: AtlasState): void;

  // panels.js
  nameButton(data: AtlasData, id: string): HTMLElement;
  drawRanking(data: AtlasData, state: AtlasState, act: AtlasAct): void;
  drawContrast(data: AtlasData, view: View): void;
  laySides(box: HTMLElement, contrast: Contrast, words: Words): void;
  drawClosures(data: AtlasData, view: View): void;
  drawOrders(data: AtlasData, view: View): void;
  drawProfile(data: AtlasData, state: AtlasState): void;
  listTable(data: AtlasData, state: AtlasState): Table;
  drawTable(data: AtlasData, state: AtlasState, act: AtlasAct): void;
}
/** Rows of a table: all, those that hold what is searched for, the bodies they lie in and which of these are seen; the tab key stops at one. */
interface List {
  ids: string[];
  shown: string[];
  cells(id: string): (Node | null)[];
  bodies: HTMLTableSectionElement[];
  seen: Set<number>;
  stop: string;
  watch: IntersectionObserver | null;
}
/** What `compare/pooling.py` finds for some quarters; `size` is their denominator. */
interface Pooled { value: number | null; low: number | null; high: number | null; size: number; quarters: number; known: number }
/** A quarter with its greatest difference: how many tolerances it is, in which of the indicators, and by how much. */
interface Near { id: string; most: number; n: number; by: number }
interface LegendRow { placed: number; label: string; count: number }
/** From a value to per cent of the width. */
interface Axis { first: number; last: number; at(x: number): number }
interface NamedLine { name: string; label: string; numbers: (number | null)[] }
/** Point of a number in a drawing; `i` counts the years. */
type At = (i: number, number: number) => Point;
/** Ids within a part of `atlas.html` that whoever asks for them has found. */
type Within =
  | "beside-ticks" | "beside-key" | "beside-lead" | "beside-note" | "changes-years" | "changes-how" | "changes-map" | "changes-note" | `changes-${number}`
  | "digest" | "alike-ticks" | "alike-widths" | "alike-table" | "alike-light" | "alike-tick" | "alike-more" | "ticked" | "alike"
  | "closures-head" | "closures-note" | "contrast-head" | "multiples-note" | "ranking-key" | "ranking-note" | "search-none" | "table-signs"
  | "ticked-head" | "ticked-body" | "ticked-note" | "ticked-ticks" | "year-first" | "year-last" | "year-now" | "supposed-head" | "siting-head" | "legend" | "key";

/** The few parts of Leaflet that are used. */
interface LeafletPoint { x: number; y: number; subtract(other: LeafletPoint): LeafletPoint }
interface LeafletPlace { lat: number; lng: number }
interface LeafletBounds { getSouthWest(): LeafletPlace; getNorthEast(): LeafletPlace }
interface LeafletPath { getElement(): SVGElement }
interface LeafletLayer { addData(data: Quarters): void; getLayers(): LeafletPath[]; getBounds(): LeafletBounds }
interface LeafletMap {
  createPane(name: string): HTMLElement;
  getPane(name: string): HTMLElement;
  getContainer(): HTMLElement;
  addLayer(layer: unknown): LeafletMap;
  removeLayer(layer: unknown): LeafletMap;
  hasLayer(layer: unknown): boolean;
  project(place: LeafletPlace, zoom?: number): LeafletPoint;
  latLngToLayerPoint(at: Point): LeafletPoint;
  containerPointToLayerPoint(at: Point): LeafletPoint;
  getPixelOrigin(): LeafletPoint;
  getCenter(): LeafletPlace;
  getSize(): LeafletPoint;
  getZoom(): number;
  setZoom(zoom: number): LeafletMap;
  setMinZoom(zoom: number): LeafletMap;
  setMaxZoom(zoom: number): LeafletMap;
  getBoundsZoom(bounds: LeafletBounds, inside: boolean, padding: LeafletPoint): number;
  fitBounds(bounds: LeafletBounds, how: { paddingTopLeft: Point; paddingBottomRight: Point; animate: boolean }): LeafletMap;
  invalidateSize(how: { animate: boolean; pan: boolean }): LeafletMap;
  on(names: string, tell: () => void): LeafletMap;
  dragging: { enable(): void; disable(): void };
}
declare const L: {
  latLngBounds(corners: [Point, Point]): LeafletBounds;
  geoJSON(data: null, how: { pane: string; renderer: unknown; style(): object }): LeafletLayer;
  svg(how: { padding: number; pane: string }): unknown;
  tileLayer(tiles: string, how: { maxZoom: number; maxNativeZoom: number }): unknown;
  latLng(at: Point): LeafletPlace;
  point(x: number, y: number): LeafletPoint;
};

type Something<T> = Exclude<T, null | undefined | false | 0 | "">;
interface Array<T> {
  /** What is something. */
  filter(test: BooleanConstructor): Something<T>[];
  /** Pairs stay pairs. */
  map<U extends [unknown, unknown]>(pair: (one: T, i: number) => U): U[];
}

/** Asked for of elements alone that have them. */
interface DOMStringMap {
  quarter: string;
}

interface Window {
  sroGeo: Sro;
}
