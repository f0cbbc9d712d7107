"""Run-together lines of names, as pages print them, against the names a person sees in them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from outcome_graph.sources.page.names import is_line_of_names, split_names
from outcome_graph.sources.text import SourceText

LISTS = {
    "Bangladesh": [
        "Ministry of Labour and Employment",
        "Cabinet Division",
        "Department of Inspection for Factories and Establishments",
        "Bangladesh Employers' Federation",
        "Bangladesh Garment Manufacturers and Exporters Association",
        "National Coordination Committee for Workers' Education",
    ],
    "Indonesia": [
        "Ministry of Manpower",
        "National Social Security Council",
        "Ministry of National Development Planning",
        "Confederation of All Indonesian Trade Unions",
        "Employers' Association of Indonesia",
    ],
    "Philippines": [
        "Department of Labor and Employment",
        "Social Security System",
        "Employees' Compensation Commission",
        "Federation of Free Workers",
        "Employers Confederation of the Philippines",
        "Trade Union Congress of the Philippines",
    ],
    "Sri Lanka": [
        "Ministry of Labour and Foreign Employment",
        "Employees' Provident Fund Department",
        "Employers' Federation of Ceylon",
        "National Workers Congress",
        "Ceylon Federation of Trade Unions",
    ],
    "Tanzania": [
        "Prime Minister's Office",
        "National Social Security Fund",
        "Zanzibar Social Security Fund",
        "Association of Tanzania Employers",
        "Trade Union Congress of Tanzania",
        "Zanzibar Employers Association",
    ],
    "Malawi": [
        "Ministry of Finance and Economic Affairs",
        "Ministry of Gender, Community Development and Social Welfare",
        "Malawi Congress of Trade Unions",
        "Employers Consultative Association of Malawi",
        "UNICEF",
        "World Food Programme",
    ],
    "Mozambique": [
        "Ministry of Gender, Child and Social Action",
        "National Institute of Social Action",
        "National Institute of Social Security",
        "Organization of Mozambican Workers",
        "Confederation of Business Associations of Mozambique",
    ],
    "Trinidad": [
        "Ministry of Labour",
        "National Insurance Board of Trinidad and Tobago",
        "National Trade Union Centre",
        "Employers' Consultative Association of Trinidad and Tobago",
    ],
    "Iraq": [
        "Ministry of Labour and Social Affairs",
        "Pension and Social Security Department",
        "General Federation of Iraqi Trade Unions",
        "Iraqi Federation of Industries",
        "Kurdistan United Workers Union",
    ],
    "Myanmar": [
        "Ministry of Labour, Immigration and Population",
        "Social Security Board",
        "Union of Myanmar Federation of Chambers of Commerce and Industry",
        "Confederation of Trade Unions of Myanmar",
    ],
    "Uzbekistan": [
        "Ministry of Employment and Labour Relations",
        "Agency for Social Protection",
        "Federation of Trade Unions of Uzbekistan",
        "Chamber of Commerce and Industry of Uzbekistan",
    ],
    "Cabo Verde": [
        "Ministry of Family, Inclusion and Social Development",
        "National Social Insurance Institute",
        "National Union of Cabo Verde Workers",
        "Chamber of Commerce of Sotavento",
    ],
    "Côte d'Ivoire": [
        "Ministère de l'Emploi et de la Protection sociale",
        "Caisse nationale d'Assurance maladie",
        "Confédération générale des Entreprises de Côte d'Ivoire",
        "Union générale des Travailleurs de Côte d'Ivoire",
        "Fédération des Syndicats autonomes de Côte d'Ivoire",
    ],
    "Burkina Faso": [
        "Ministère de la Fonction publique, du Travail et de la Protection sociale",
        "Secrétariat permanent du Conseil national pour la Protection sociale",
        "Conseil national du Patronat burkinabè",
        "Organisation nationale des Syndicats libres",
    ],
    "Paraguay": [
        "Ministerio de Trabajo, Empleo y Seguridad Social",
        "Instituto de Previsión Social",
        "Unión Industrial Paraguaya",
        "Central Unitaria de Trabajadores Auténtica",
        "Federación de la Producción, la Industria y el Comercio",
    ],
    "Ecuador": [
        "Ministerio del Trabajo",
        "Instituto Ecuatoriano de Seguridad Social",
        "Consejo Nacional para la Igualdad de Género",
        "Cámara de Industrias de Guayaquil",
        "Confederación Ecuatoriana de Organizaciones Sindicales Libres",
    ],
    "Thailand": [
        "Ministry of Labour",
        "Social Security Office",
        "National Economic and Social Development Council",
        "Employers' Confederation of Thailand",
        "Labour Congress of Thailand",
        "State Enterprises Workers' Relations Confederation",
    ],
    "Ethiopia": [
        "Ministry of Labour and Skills",
        "Private Organizations Employees Social Security Agency",
        "Confederation of Ethiopian Trade Unions",
        "Ethiopian Employers' Federation",
    ],
    "South Africa": [
        "Department of Social Development",
        "Department of Employment and Labour",
        "South African Social Security Agency",
        "National Economic Development and Labour Council",
        "Congress of South African Trade Unions",
        "Business Unity South Africa",
    ],
    "Uganda": [
        "Ministry of Gender, Labour and Social Development",
        "Uganda Retirement Benefits Regulatory Authority",
        "National Social Security Fund",
        "National Organization of Trade Unions",
        "Federation of Uganda Employers",
    ],
    "Armenia": [
        "Ministry of Labor and Social Affairs",
        "Unified Social Service",
        "Confederation of Trade Unions of Armenia",
        "Republican Union of Employers of Armenia",
    ],
    "Egypt": [
        "Ministry of Social Solidarity",
        "National Organization for Social Insurance",
        "Ministry of Manpower",
        "Federation of Egyptian Industries",
        "Egyptian Trade Union Federation",
    ],
    "Barbados": [
        "Ministry of Labour, Social Security and Third Sector",
        "National Insurance and Social Security Service",
        "Barbados Workers' Union",
        "Barbados Employers' Confederation",
    ],
    "India": [
        "Ministry of Labour and Employment",
        "Employees' State Insurance Corporation",
        "Employees' Provident Fund Organisation",
        "Council of Indian Employers",
        "Self Employed Women's Association",
        "Indian National Trade Union Congress",
    ],
    "Samoa": [
        "Ministry of Commerce, Industry and Labour",
        "Samoa National Provident Fund",
        "Accident Compensation Corporation",
        "Samoa Workers Congress",
        "Samoa Chamber of Commerce and Industry",
    ],
    "Ukraine": [
        "Ministry of Social Policy",
        "Pension Fund of Ukraine",
        "Federation of Trade Unions of Ukraine",
        "Confederation of Employers of Ukraine",
        "Joint Representative Body of Trade Unions",
    ],
    "Cameroun": [
        "Ministère du Travail et de la Sécurité sociale",
        "Caisse nationale de Prévoyance sociale",
        "Groupement des Entreprises du Cameroun",
        "Confédération syndicale des Travailleurs du Cameroun",
    ],
    "Tunisie": [
        "Ministère des Affaires sociales",
        "Caisse nationale de Retraite et de Prévoyance sociale",
        "Union générale tunisienne du Travail",
        "Union tunisienne de l'Industrie, du Commerce et de l'Artisanat",
    ],
    "Dominicana": [
        "Ministerio de Trabajo",
        "Consejo Nacional de Seguridad Social",
        "Tesorería de la Seguridad Social",
        "Confederación Patronal de la República Dominicana",
        "Confederación Nacional de Unidad Sindical",
    ],
    "Bolivia": [
        "Ministerio de Trabajo, Empleo y Previsión Social",
        "Gestora Pública de la Seguridad Social",
        "Confederación de Empresarios Privados de Bolivia",
        "Central Obrera Boliviana",
    ],
    "Cambodia": [
        "Ministry of Economy and Finance",
        "General Secretariat of the National Social Protection Council",
        "National Employment Agency",
        "Cambodian Confederation of Unions",
        "Textile, Apparel, Footwear and Travel Goods Association in Cambodia",
    ],
}
ALL = sum(len(names) for names in LISTS.values())
#: Further ones, to be parted in other ways.
MORE = {
    "Rwanda": [
        "Ministry of Public Service and Labour",
        "Rwanda Social Security Board",
        "Private Sector Federation",
        "Rwanda Workers' Trade Union Confederation",
        "Local Administrative Entities Development Agency",
    ],
    "Botswana": [
        "Ministry of Labour and Home Affairs",
        "Botswana Federation of Trade Unions",
        "Business Botswana",
        "Department of Social Protection",
    ],
    "Namibia": [
        "Ministry of Labour, Industrial Relations and Employment Creation",
        "Social Security Commission",
        "Namibian Employers' Federation",
        "National Union of Namibian Workers",
        "Trade Union Congress of Namibia",
    ],
    "Mongolia": [
        "Ministry of Labour and Social Protection",
        "General Authority for Social Insurance",
        "Confederation of Mongolian Trade Unions",
        "Mongolian Employers' Federation",
    ],
    "Fiji": [
        "Ministry of Employment, Productivity and Industrial Relations",
        "Fiji National Provident Fund",
        "Fiji Trades Union Congress",
        "Fiji Commerce and Employers Federation",
    ],
    "Jordan": [
        "Social Security Corporation",
        "National Aid Fund",
        "Jordan Chamber of Industry",
        "General Federation of Jordanian Trade Unions",
        "Ministry of Social Development",
    ],
    "Nigeria": [
        "Federal Ministry of Labour and Employment",
        "National Health Insurance Scheme",
        "Nigeria Labour Congress",
        "Nigeria Employers' Consultative Association",
        "Trade Union Congress of Nigeria",
    ],
    "Ghana": [
        "Ministry of Employment and Labour Relations",
        "National Pensions Regulatory Authority",
        "Ghana Employers Association",
        "Trades Union Congress",
        "Social Security and National Insurance Trust",
    ],
    "Mali": [
        "Ministère de la Solidarité et de l'Action humanitaire",
        "Institut national de prévoyance sociale",
        "Agence nationale d'assistance médicale",
        "Conseil national du patronat du Mali",
        "Union nationale des travailleurs du Mali",
    ],
    "Madagascar": [
        "Ministère de la Population, de la Protection sociale et de la Promotion de la femme",
        "Caisse nationale de prévoyance sociale",
        "Groupement des entreprises de Madagascar",
        "Conférence des travailleurs malagasy",
    ],
    "Mauritanie": [
        "Ministère de la Fonction publique et du Travail",
        "Caisse nationale de sécurité sociale",
        "Union nationale du patronat mauritanien",
        "Confédération générale des travailleurs de Mauritanie",
        "Délégation générale Taazour",
    ],
    "Colombia": [
        "Ministerio del Trabajo",
        "Departamento Nacional de Planeación",
        "Asociación Nacional de Empresarios de Colombia",
        "Central Unitaria de Trabajadores",
        "Confederación General del Trabajo",
        "Administradora Colombiana de Pensiones",
    ],
    "El Salvador": [
        "Ministerio de Trabajo y Previsión Social",
        "Instituto Salvadoreño del Seguro Social",
        "Asociación Nacional de la Empresa Privada",
        "Consejo Superior del Trabajo",
        "Superintendencia del Sistema Financiero",
    ],
    "Costa Rica": [
        "Ministerio de Trabajo y Seguridad Social",
        "Caja Costarricense de Seguro Social",
        "Unión Costarricense de Cámaras y Asociaciones del Sector Empresarial Privado",
        "Confederación de Trabajadores Rerum Novarum",
        "Banco Popular y de Desarrollo Comunal",
    ],
    "Kosovo": [
        "Ministry of Labour and Social Welfare",
        "Kosovo Chamber of Commerce",
        "Union of Independent Trade Unions of Kosovo",
        "Kosovo Alliance of Business",
    ],
    "Georgia": [
        "Ministry of Internally Displaced Persons from the Occupied Territories, Labour, Health "
        "and Social Affairs",
        "Social Service Agency",
        "Georgian Employers' Association",
        "Georgian Trade Unions Confederation",
    ],
    "Suriname": [
        "Ministry of Labour, Employment Opportunity and Youth Affairs",
        "Suriname Business Association",
        "Council of Trade Unions in Suriname",
        "State Health Foundation",
    ],
    "Solomon": [
        "Ministry of Commerce, Industry, Labour and Immigration",
        "Solomon Islands National Provident Fund",
        "Solomon Islands Chamber of Commerce and Industry",
        "Solomon Islands Council of Trade Unions",
    ],
}


#: Written when the rules were as they are but for what these showed.
THIRD = [
    [
        "Ministry of Labour, Youth and Skills",
        "Social Security Commission of Namibia",
        "Employers Federation of Namibia",
        "National Union of Namibian Workers",
    ],
    [
        "Ministry of Employment and Labour Relations",
        "Ghana National Health Insurance Authority",
        "Social Security and National Insurance Trust",
        "Trades Union Congress of Ghana",
        "Ghana Employers' Association",
    ],
    [
        "Department of Labour and Employment",
        "Philippine Social Security System",
        "Trade Union Congress of the Philippines",
        "Employers Confederation of the Philippines",
        "Philippine Statistics Authority",
    ],
    [
        "Ministry of Gender, Labour and Social Development",
        "Uganda Retirement Benefits Regulatory Authority",
        "National Organisation of Trade Unions",
        "Central Organisation of Free Trade Unions",
        "Federation of Uganda Employers",
    ],
    [
        "Ministerio de Trabajo",
        "Ministerio de Economía y Finanzas",
        "Instituto Ecuatoriano de Seguridad Social",
        "Cámara de Industrias de Guayaquil",
        "Frente Unitario de los Trabajadores",
        "Central Ecuatoriana de Organizaciones Clasistas Unitarias de Trabajadores",
    ],
    [
        "Ministerio del Trabajo",
        "Unidad de Gestión Pensional y Parafiscales",
        "Administradora Colombiana de Pensiones",
        "Asociación Nacional de Empresarios de Colombia",
        "Central Unitaria de Trabajadores de Colombia",
        "Confederación General del Trabajo",
    ],
    [
        "Ministère de la Fonction publique, du Travail et de la Modernisation de l'Administration",
        "Caisse autonome de retraite des fonctionnaires",
        "Caisse nationale de prévoyance sociale",
        "Union nationale des travailleurs du Niger",
        "Conseil national du patronat nigérien",
    ],
    [
        "Ministère du Travail et de l'Emploi",
        "Office tunisien des statistiques",
        "Caisse nationale de sécurité sociale",
        "Union générale tunisienne du travail",
        "Union tunisienne de l'industrie, du commerce et de l'artisanat",
    ],
    [
        "Ministry of Health and Social Protection of Tajikistan",
        "Agency of Social Insurance and Pensions",
        "Federation of Independent Trade Unions of Tajikistan",
        "Union of Employers of the Republic of Tajikistan",
    ],
    [
        "Ministry of Manpower",
        "Coordinating Ministry for Human Development and Cultural Affairs",
        "Indonesian Employers' Association",
        "Confederation of All Indonesian Trade Unions",
        "National Social Security Council",
    ],
    [
        "Ministry of Labour and Employment",
        "Employees' Provident Fund Organisation",
        "Self-Employed Women's Association",
        "All India Trade Union Congress",
        "Federation of Indian Chambers of Commerce and Industry",
    ],
    [
        "Ministry of Human Resources",
        "Social Security Organisation",
        "Employees Provident Fund",
        "Malaysian Employers Federation",
        "Malaysian Trades Union Congress",
    ],
    [
        "Business Botswana",
        "Botswana Federation of Trade Unions",
        "Ministry of Labour and Home Affairs",
        "Botswana Public Officers Pension Fund",
    ],
    [
        "Employers' Consultative Association of Trinidad and Tobago",
        "National Trade Union Centre of Trinidad and Tobago",
        "Ministry of Labour",
    ],
    [
        "Ministry of Labour and Social Policy",
        "National Employment Service",
        "Confederation of Autonomous Trade Unions of Serbia",
        "Serbian Association of Employers",
        "Pension and Disability Insurance Fund",
    ],
]


def split(line: str) -> dict[str, float]:
    source = SourceText.of(line)
    return {n.name: n.confidence for n in split_names(source, source.span)}


def test_most_names_of_run_together_lines_are_found() -> None:
    """Nearly all are stated as they are, and hardly any that is wrong.

    The second half of the lists (from Thailand on) was written after the rules: of its 72 names 57
    were stated then, and 8 that were wrong, which is the figure to expect of unknown pages. The
    rules were amended since; a change may not fall behind what holds now.
    """
    found, wrong = stated_and_wrong(" ", LISTS.values())
    assert ALL == 151
    # One more was stated before, and three wrong ones: an end that may be another is not certain.
    assert found >= 139
    assert wrong <= 2


def stated_and_wrong(separator: str, lists: Iterable[list[str]]) -> tuple[int, int]:
    found = wrong = 0
    for names in lists:
        read = {n for n, confidence in split(separator.join(names)).items() if confidence >= 0.8}
        found += len(read & set(names))
        wrong += len(read - set(names))
    return found, wrong


def test_names_parted_by_commas_are_told_from_the_commas_within_them() -> None:
    """Of 83 names 64 were stated at first reading, and 12 that were wrong."""
    found, wrong = stated_and_wrong(", ", MORE.values())
    assert found >= 80
    assert wrong == 0


def test_further_names_run_together() -> None:
    """Of 83 names 68 were stated at first reading, and 5 that were wrong."""
    found, wrong = stated_and_wrong(" ", MORE.values())
    # 76 before, and two wrong ones.
    assert found >= 75
    assert wrong == 0


@pytest.mark.parametrize(
    ("separator", "stated"), [(" ", 57), (", ", 69), ("\n", 72), ("; ", 72), (" • ", 72)]
)
def test_names_of_a_third_lot_by_what_stands_between_them(separator: str, stated: int) -> None:
    """Of 72 names in one line 57 were stated at first reading, and 8 that were wrong; with commas
    66 and 1; one a line or with semicolons 72 and none."""
    found, wrong = stated_and_wrong(separator, THIRD)
    assert found >= stated
    assert wrong == 0


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "ITUC-Africa Business Africa African Union Commission",
            ["ITUC-Africa", "Business Africa", "African Union Commission"],
        ),
        (
            "National Institute of Social Security União Nacional dos Trabalhadores",
            ["National Institute of Social Security", "União Nacional dos Trabalhadores"],
        ),
        (
            "Ministry of Labour / Pension and Social Security Department",
            ["Ministry of Labour", "Pension and Social Security Department"],
        ),
        (
            "Union économique et monétaire ouest-africaine / Organisation des travailleurs",
            ["Union économique et monétaire ouest-africaine", "Organisation des travailleurs"],
        ),
        (
            "Ministry of Women, Family and Youth, Employers' Consultative Association of Malawi",
            [
                "Ministry of Women, Family and Youth",
                "Employers' Consultative Association of Malawi",
            ],
        ),
        (
            "Workers' Compensation Fund Control Board Zambia Congress of Trade Unions",
            ["Workers' Compensation Fund Control Board", "Zambia Congress of Trade Unions"],
        ),
        (
            "National Health Insurance Fund Supervisory Council Ministry of Health",
            ["National Health Insurance Fund Supervisory Council", "Ministry of Health"],
        ),
    ],
)
def test_names_are_stated_as_they_are(line: str, names: list[str]) -> None:
    assert {n for n, confidence in split(line).items() if confidence >= 0.8} == set(names)


@pytest.mark.parametrize(
    "line",
    [
        "Gulf Cooperation Council Executive Bureau",
        "National Congress Private Industrial of Employees Workers' Relations Confederation",
    ],
)
def test_names_whose_ends_are_not_clear_are_not_certain(line: str) -> None:
    assert not [n for n, confidence in split(line).items() if confidence >= 0.8]


def test_a_scheme_without_a_word_for_a_body_is_doubtful_but_whole() -> None:
    read = split("Ministry of Finance Viet Nam Social Security Viet Nam Cooperative Alliance")
    assert {n for n, confidence in read.items() if confidence >= 0.8} == {
        "Ministry of Finance",
        "Viet Nam Cooperative Alliance",
    }
    assert read["Viet Nam Social Security"] < 0.8


def test_names_one_a_line_are_as_written() -> None:
    for names in LISTS.values():
        read = split("\n".join(names))
        assert set(names) - set(read) <= {
            "Union of Myanmar Federation of Chambers of Commerce and Industry"
        }


def test_initials_in_brackets_are_not_part_of_the_name() -> None:
    source = SourceText.of("Ministry of Labour (MoL) National Social Security Fund (NSSF)")
    names = split_names(source, source.span)
    assert [n.name for n in names] == ["Ministry of Labour", "National Social Security Fund"]
    assert [source.quote(n.span) for n in names] == [
        "Ministry of Labour (MoL)",
        "National Social Security Fund (NSSF)",
    ]


def test_a_line_broken_within_a_name_is_joined() -> None:
    source = SourceText.of("Ministry of Labour Lao Federation of\nTrade Union")
    assert [n.name for n in split_names(source, source.span)] == [
        "Ministry of Labour",
        "Lao Federation of Trade Union",
    ]


def test_labels_of_groups_are_left_out() -> None:
    read = split("Government: Ministry of Health; Workers: Kenya Workers Congress")
    assert set(read) == {"Ministry of Health", "Kenya Workers Congress"}


@pytest.mark.parametrize(
    "line",
    [
        "The Ministry of Labour was consulted on the bill.",
        "Cabinet approved a new social protection policy",
        "Women have been the priority in the cash transfer programme",
        "Le Conseil national du Patronat a été consulté",
        "El Ministerio de Trabajo fue consultado sobre la ley",
        "All branches",
        "Implement nationally appropriate social protection systems",
        "1.3",
        "",
    ],
)
def test_prose_is_no_line_of_names(line: str) -> None:
    source = SourceText.of(line)
    assert not is_line_of_names(source, source.span)


@pytest.mark.parametrize("country", LISTS)
def test_a_run_together_line_is_known_for_one(country: str) -> None:
    source = SourceText.of(" ".join(LISTS[country]))
    assert is_line_of_names(source, source.span)


def test_names_on_lines_of_their_own_are_whole_whatever_their_words() -> None:
    lines = [
        "Southern African Development Community Secretariat",
        "Southern Africa Trade Union Coordination Council",
        "SADC Private Sector Forum",
        "Ministério da Família, Inclusão e Desenvolvimento Social",
        "União Nacional dos Trabalhadores de Cabo Verde – Central Sindical",
        "World Vision Armenia",
    ]
    for separator in ("\n", "; "):
        found = split(separator.join(lines))
        assert list(found) == lines
        assert all(confidence >= 0.8 for confidence in found.values())


@pytest.mark.parametrize(
    "line",
    [
        "Ministry of Commerce, Industry and Trade Eswatini National Provident Fund",
        "Trade Union Congress of Swaziland Amalgamated Trade Unions of Swaziland",
    ],
)
def test_a_place_between_names_belongs_to_either(line: str) -> None:
    assert all(confidence < 0.8 for confidence in split(line).values())
