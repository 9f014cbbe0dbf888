<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><ogr:q><ogr:code>&x;</ogr:code></ogr:q></gml:featureMember></ogr:FeatureCollection>
