"""What belongs to a country is called: "Irish", "norvégien", "sueca".

Facts of English, French, Spanish and Portuguese for countries that finance development cooperation.
Adjectives that the names of a State hold ("Lao PDR", "République française") are read from the
country table; ones that several countries share ("American", "Korean", "Congolese", "Guinean") are
left out.
"""

from __future__ import annotations

__all__ = ["ADJECTIVES"]

ADJECTIVES: dict[str, str] = {
    "AUS": "Australian australien australienne australiano australiana",
    "AUT": "Austrian autrichien autrichienne austríaco austríaca",
    "BEL": "Belgian belge belga",
    "BRA": "Brazilian brésilien brésilienne brasileño brasileña",
    "CAN": "Canadian canadien canadienne canadiense canadiano canadiana",
    "CHE": "Swiss suisse suizo suiza suíço suíça",
    "CHN": "Chinese chinois chinoise",
    "CZE": "Czech tchèque",
    "DEU": "German allemand allemande alemán alemana alemão alemã",
    "DNK": "Danish danois danoise danés danesa dinamarquês dinamarquesa",
    "ESP": "Spanish espagnol espagnole español española espanhol espanhola",
    "FIN": "Finnish finlandais finlandaise finlandés finlandesa",
    "FRA": "French français française francés francesa francês",
    "GBR": "British britannique británico británica",
    "IRL": "Irish irlandais irlandaise irlandés irlandesa irlandês",
    "ISL": "Icelandic islandais islandaise islandés islandesa",
    "ITA": "Italian italien italienne italiano italiana",
    "JPN": "Japanese japonais japonaise japonés japonesa japonês",
    "KHM": "Cambodian cambodgien cambodgienne camboyano camboyana",
    "KWT": "Kuwaiti koweïtien koweïtienne kuwaití",
    "LUX": "Luxembourgish luxembourgeois luxembourgeoise luxemburgués luxemburguesa luxemburguês",
    "NLD": "Dutch néerlandais néerlandaise neerlandés "
    "neerlandesa holandés holandesa neerlandês holandês",
    "NOR": "Norwegian norvégien norvégienne noruego noruega norueguês norueguesa",
    "NPL": "Nepalese Nepali népalais népalaise",
    "POL": "Polish polonais polonaise polaco polaca",
    "PRT": "Portuguese portugais portugaise portugués portuguesa português",
    "QAT": "Qatari catarí",
    "RUS": "Russian russe ruso rusa",
    "SAU": "Saudi saoudien saoudienne saudí",
    "SWE": "Swedish suédois suédoise sueco sueca",
    "THA": "Thai thaïlandais thaïlandaise tailandés tailandesa",
    "TUR": "Turkish turc turque turco turca",
    "VNM": "Vietnamese vietnamien vietnamienne vietnamita",
}
