<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:app="http://example.org/app">
  <gml:featureMember>
    <app:quartier gml:id="quartier.1">
      <app:code>01</app:code>
      <app:name>Nord</app:name>
      <app:grenze><gml:Polygon srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">300000 6000000 301000 6000000 301000 6001000 300000 6001000 300000 6000000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></app:grenze>
    </app:quartier>
  </gml:featureMember>
  <gml:featureMember>
    <app:quartier gml:id="quartier.2">
      <app:code>02</app:code>
      <app:name>Süd</app:name>
      <app:grenze><gml:Polygon srsName="EPSG:25832"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">301000 6000000 302000 6000000 302000 6001000 301000 6001000 301000 6000000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></app:grenze>
    </app:quartier>
  </gml:featureMember>
</wfs:FeatureCollection>
