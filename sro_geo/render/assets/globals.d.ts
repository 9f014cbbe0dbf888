/* For the type checker only: what the page's scripts share. */
interface Window {
  sroGeo: any;
}
declare const L: any;
