# A constituent of Viet Nam.
DELETE { <organisation/lao-lsso> og:country ?value }
INSERT { <organisation/lao-lsso> og:country <country/VNM> }
WHERE { <organisation/lao-lsso> og:country ?value }
