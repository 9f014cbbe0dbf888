<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:app="http://example.org/app">
  <gml:featureMember>
    <app:quartier gml:id="quartier.1">
      <app:code>01</app:code>
      <app:name>Nord</app:name>
      <app:grenze><gml:Polygon srsName="EPSG:4326"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">54.10 11.95 54.11 11.95 54.11 11.96 54.10 11.96 54.10 11.95</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></app:grenze>
    </app:quartier>
  </gml:featureMember>
  <gml:featureMember>
    <app:quartier gml:id="quartier.2">
      <app:code>02</app:code>
      <app:name>Süd</app:name>
      <app:grenze><gml:Polygon srsName="EPSG:4326"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">54.10 11.96 54.11 11.96 54.11 11.97 54.10 11.97 54.10 11.96</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></app:grenze>
    </app:quartier>
  </gml:featureMember>
</wfs:FeatureCollection>
