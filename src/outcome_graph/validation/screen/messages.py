"""What a result says when the shape has no message of its own: plain English."""

from __future__ import annotations

from outcome_graph.validation.screen.model import Shape

__all__ = ["default_message"]

_TEXTS = {
    "Class": "The value is not a thing of the kind that is asked for.",
    "Datatype": "The value is not written as its datatype asks.",
    "NodeKind": "The value is of the wrong kind: a name, a text or a nameless node.",
    "MinCount": "There are fewer values than are asked for.",
    "MaxCount": "There are more values than are allowed.",
    "MinInclusive": "The value is too small, or cannot be compared.",
    "MinExclusive": "The value is too small, or cannot be compared.",
    "MaxInclusive": "The value is too large, or cannot be compared.",
    "MaxExclusive": "The value is too large, or cannot be compared.",
    "MinLength": "The value is too short.",
    "MaxLength": "The value is too long.",
    "Pattern": "The value is not in the form that is asked for.",
    "LanguageIn": "The value is not in one of the languages that are asked for.",
    "UniqueLang": "Several values are in the same language.",
    "Equals": "The value is not the same in both properties.",
    "Disjoint": "The value stands in both properties.",
    "LessThan": "The value is not smaller than the one it is compared with.",
    "LessThanOrEquals": "The value is larger than the one it is compared with.",
    "Node": "The value does not fulfil the shape that it is held to.",
    "Not": "The value fulfils a shape that it may not fulfil.",
    "And": "The value does not fulfil all the shapes that it is held to.",
    "Or": "The value fulfils none of the shapes, one of which it should.",
    "Xone": "The value does not fulfil exactly one of the shapes.",
    "QualifiedMinCount": "There are fewer values of a kind than are asked for.",
    "QualifiedMaxCount": "There are more values of a kind than are allowed.",
    "Closed": "The property is not one that such a thing may have.",
    "HasValue": "A value that is asked for is missing.",
    "In": "The value is not one of those that are allowed.",
    "SPARQL": "A condition of the shapes is not fulfilled.",
}


def default_message(component: str, shape: Shape) -> str:
    """Return the message of a result of a shape without one of its own.

    Parameters:
        component: local name of the constraint component. shape: the source shape.
    """
    where = f" ({shape.path.notation})" if shape.path else ""
    return _TEXTS.get(component, _TEXTS["SPARQL"])[:-1] + f"{where}."
