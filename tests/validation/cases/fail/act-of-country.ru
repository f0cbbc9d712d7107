# An act of Viet Nam.
DELETE { <legal-act/LAO/2020/decree-224> eli:jurisdiction ?value }
INSERT { <legal-act/LAO/2020/decree-224> eli:jurisdiction <country/VNM> }
WHERE { <legal-act/LAO/2020/decree-224> eli:jurisdiction ?value }
