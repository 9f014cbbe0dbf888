/* For the type checker only: what a page shows, as `page.py` writes it and `dom.js` reads it back; a test holds it to the shipped studies. */

/** Null for some, which the scripts ask before they read it, in other functions than the checker looks at. */
type Asked<T> = T;

type Words = Record<string, string>;
/** x and y in pixels, or longitude and latitude in degrees. */
type Point = number[];
type Line = Point[];
/** Why a value is unknown: `REASONS` of `picture.py`. */
type Reason = "missing" | "suppressed" | "later" | "not_applicable" | "too_few";

interface LegendClass { label: string; fill: string; ink: string; count: number }
interface LegendUnknown { label: string; short: string; pattern: string; count: number }

/** `Picture` of `model/picture.py`. */
interface Picture {
  slug: string; topic: string; name: string; title: string; subtitle: string; heading: string;
  quarter_ids: string[];
  classes: LegendClass[];
  unknown: LegendUnknown[];
  breaks: number[];
  placed: number[];
  labels: string[];
  outlined: string[];
  offer_kind: string | null;
  offers: string;
  notices: string[];
  warnings: string[];
  example: string; source: string; digest: string;
}

/** `RankRow` of `model/atlas.py`. */
interface Row { quarter_id: string; low: number | null; high: number | null; uncertain: boolean; rank: string }
interface KnownRow extends Row { value: number }
interface UnknownRow extends Row { value: null }
type RankRow = KnownRow | UnknownRow;

/** `Unsure`, `Lack`, `Break` and `Series` of `model/series.py`. */
interface Unsure { quarter_id: string; year: number; low: number | null; high: number | null; estimated: boolean }
interface Lack { quarter_id: string; year: number; reason: Reason }
interface Break { year: number; text: string }
interface Series {
  years: number[];
  quarters: Record<string, (number | null)[]>;
  city: (number | null)[];
  group: (number | null)[];
  unsure: Unsure[];
  lacks: Lack[];
  breaks: Break[];
  invented: number[];
  pattern: string; signed: boolean; sums: boolean;
  partly: string[];
  cuts: number[];
  unit: string; heading: string; units: [string, string];
}
/** Line of a series that is not a quarter's. */
type Area = "city" | "group";

interface Side { name: string; value: string; size: string; quarters: string }
interface Contrast { group: Side; rest: Side; difference: string; unit: string; sentence: string }
/** A value and what unknown parts admit. */
type Dot = [number, number | null, number | null];
interface Sides { group: Dot | null; rest: Dot | null; city: Dot | null; sizes: (number | null)[]; city_value: string }
/** `Pool` of `model/contrast.py`. */
interface Pool {
  factor: number; bounded: boolean; above: (number | null)[]; below: (number | null)[]; values: Record<string, number>; void: string[];
  signed: boolean; pattern: string; size: string; units: [string, string];
}
interface Told { note: string; rows: string[][] }

/** What a map alone tells of its view. */
interface MapView {
  picture: Picture;
  /** Of another year than the page's own, or the two years of a change. */
  year?: number | string;
  moved?: boolean;
  /** Behind a change that stands alone, by quarter: the title tells the unit of a value, not that of a difference. */
  units?: Record<string, string>;
  places?: Record<string, string>;
}

/** `View` of `model/atlas.py`. */
interface View extends MapView {
  code: string;
  ranked: boolean; rankingNote: string; rankingHead: string; ranking: RankRow[];
  digits: number; ticks: number[]; tickDigits: number;
  city: number | null; cityLabel: string; cityValue: string;
  /** Null where nothing is compared. */
  contrast: Asked<Contrast>;
  sides: Asked<Sides>;
  pool: Pool | null;
  places: Record<string, string>;
  sentences: Record<string, string>;
  lead: string;
  /** Null where there are too few years: `yearsOf` is empty then, `isLine` is false. */
  series: Asked<Series>;
  closures: Told | null;
  siting: Told[];
  supposed: Told[];
}

interface Part { name: string; score: number | null; city: number | null; number: string; contribution: number | null }
interface Profile { name: string; soft: string; parent: string; modelRegion: boolean; people: string; indexText: string; parts: Part[]; partsNote: string; similar: string }

interface Offer { kind: string; name: string; provider: string; at: Point; quarter: number; count: number | null; size: number }
interface Basemap {
  name: string;
  server: string;
  tiles: string;
  credit: string;
}

interface OfferSymbol { kind: string; name: string; plural: string; symbol: string }
interface Polygons { type: "Polygon"; coordinates: Line[] }
interface MultiPolygons { type: "MultiPolygon"; coordinates: Line[][] }
interface OneLine { type: "LineString"; coordinates: Line }
interface MultiLines { type: "MultiLineString"; coordinates: Line[] }
interface FeatureProperties { name: string; pole: Point; outlined: boolean }
interface Feature { type: "Feature"; id: string; properties: FeatureProperties; geometry: MultiPolygons }
/** `joinPoints` makes them. */
interface Quarters { type: "FeatureCollection"; features: Feature[]; units: Unit[] }
/** Larger unit that a map of many quarters shows. */
interface Unit { name: string; pole: Point; parts: Line[][] }
interface WaterArea { name: string; geometry: Polygons | MultiPolygons }
interface Course { name: string; geometry: OneLine | MultiLines }
interface Overlay { gaps: Line[] | null; reached: Line[] | null }

/** What `describe_ground` of `ground.py` tells. */
interface Ground {
  quarters: Quarters;
  water: WaterArea[];
  rivers: Course[];
  bridges: Course[];
  offers: Offer[];
  sizes: Record<string, [number, number | null, number][]>;
  gathered: Record<string, number[]>;
  streets: Line[];
  overlays: Record<string, Overlay>;
  basemap: Basemap | null;
  symbols: OfferSymbol[];
}

/** What `describe_places` of `places.py` tells; one text of a plan holds the labels of all quarters. */
interface Labels { mode: LabelMode; numbers: number[]; plans: Plan[] }
type LabelMode = "names" | "values" | "both" | "none";
interface Plan { width: number; scale: number; corner: string; names: string; values: string; both: string; selected: string; units: string }

interface CommonData { language: string; words: Words; views: MapView[]; selected: string; example: string; ground: Ground; labels: Labels }
interface MapData extends CommonData { profiles?: undefined; soft: number[][] }
interface Topic { id: string; name: string }
/** Year 0 where there is none. */
interface Shock { year: number; name: string }
interface AtlasData extends CommonData {
  place: string;
  topics: Topic[];
  views: View[];
  profiles: Record<string, Profile>;
  indexName: string;
  tableHead: string[];
  tableRows: Record<string, (number | null)[]>;
  tableCity: (number | null)[];
  patterns: Words;
  /** Fill and ink from low to high, by number of classes. */
  diverging: Record<string, [string, string][]>;
  shock: Shock;
  beside: string[];
  apart: string[];
}
type PageData = MapData | AtlasData;
