"""The fixed wording of a report's PDF in each of its languages, and numbers as people write them."""

_EN = {
    "title": "Evidence report",
    "head": "{component}, {starts} to {ends}, {n} candidates",
    "made": "Computed on {day} by {version} from material {sha256}",
    "how": "Each figure stands with its 95 % interval, the line it is held against, and the line's"
    " source. It is"
    " uncertain when the interval holds both sides of the line. Below the gate of its method a figure is not"
    " estimated. A flag asks a panel to look; it decides nothing.",
    "demonstration": "DEMONSTRATION",
    "page": "Page {page} of {pages}",
    "figures": "The whole",
    "cut": "Cut for level {level}: {cut} of {maximum} points",
    "figure": "Figure", "value": "Value", "interval": "95 % interval", "line": "Line", "source": "Source",
    "verdict": "Verdict", "at_least": "at least {line}", "at_most": "at most {line}",
    "met": "met", "not_met": "not met", "uncertain": "uncertain", "not_estimable": "cannot be estimated",
    "alpha": "Reliability (alpha)", "mean": "Mean score", "sd": "Standard deviation",
    "sem": "Standard error of measurement", "cut_error": "Standard error of the cut",
    "csem": "Error of measurement at the cut", "consistency": "Decision consistency",
    "consistency_kappa": "Consistency beyond chance (kappa)", "accuracy": "Decision accuracy",
    "exact": "Equal ratings", "adjacent": "Ratings at most one step apart",
    "rater_kappa": "Agreement of assessors (weighted kappa)",
    "verdicts_agree": "Both sheets give one verdict",
    "adjudicated": "Share that needed a third assessor", "dependability": "Dependability of two (Phi)",
    "passes": "Passes", "passes_level": "Level {level}", "passed": "{passed} of {n} passed",
    "none": "Nobody was examined in this period.",
    "scores": "Scores and cuts", "scores_axis": "points", "plane": "Items: difficulty and discrimination",
    "plane_x": "share of the points reached (p)", "plane_y": "corrected correlation (r)",
    "plane_note": "Marked: items with a line not met. Dashed: the lines of p, and of r.",
    "items": "Items", "elements": "Elements", "item": "Item", "element": "Element", "p": "p", "r": "r",
    "flags": "Flags", "items_none": "Items cannot be analysed: {reason}.",
    "assessors": "Assessors", "assessor": "Assessor", "shared": "Shared", "severity": "Severity",
    "kappa": "Kappa", "state": "State", "severity_plot": "Severity of assessors, in steps of the scale",
    "assessors_none": "Assessors cannot be compared: {reason}.",
    "clear": "clear", "watch": "to be watched", "blocked": "blocked", "too_few": "too few shared",
    "raters": "How many assessors are enough", "raters_axis": "assessors",
    "enough": "{number} assessors reach the line of dependability.",
    "not_enough": "Six assessors do not reach the line of dependability.",
    "cautions": "Cautions",
    "why_too_few_persons": "too few candidates", "why_no_data": "no candidates",
    "why_constant_scores": "all scores are alike", "why_not_defined": "not defined here",
    "why_reliability_not_between": "reliability is not between 0 and 1",
    "why_items_in_points": "items give more than one point",
    "flag_too_hard": "too hard", "flag_hard": "hard", "flag_easy": "easy", "flag_too_easy": "too easy",
    "flag_weak_discrimination": "weak discrimination", "flag_poor_discrimination": "poor discrimination",
    "flag_check_key": "check the key", "flag_non_functioning": "{option}: hardly chosen",
    "flag_positive_distractor": "{option}: chosen by the able", "flag_miskey": "{option}: wrong key?",
    "and_uncertain": "uncertain: {number}",
    "caution_few_persons": "Fewer than 50 candidates: figures vary much from group to group.",
    "caution_unstable": "Fewer than 100 candidates: figures vary from group to group.",
    "caution_speeded": "Time ran out for some candidates; the last items measure speed too.",
}  # fmt: skip
_ES = {
    "title": "Informe de evidencias",
    "head": "{component}, del {starts} al {ends}, {n} personas candidatas",
    "made": "Calculado el {day} con {version} a partir del material {sha256}",
    "how": "Cada cifra lleva su intervalo del 95 %, el límite con que se compara y la fuente del"
    " límite. Es dudosa"
    " cuando el intervalo abarca ambos lados del límite. Por debajo del mínimo de su método, una cifra no se"
    " estima. Un aviso pide que un panel lo mire; no decide nada.",
    "demonstration": "DEMOSTRACIÓN",
    "page": "Página {page} de {pages}",
    "figures": "El conjunto",
    "cut": "Punto de corte del nivel {level}: {cut} de {maximum} puntos",
    "figure": "Cifra", "value": "Valor", "interval": "Intervalo 95 %", "line": "Límite", "source": "Fuente",
    "verdict": "Resultado", "at_least": "al menos {line}", "at_most": "como mucho {line}",
    "met": "cumplido",
    "not_met": "no cumplido",
    "uncertain": "dudoso",
    "not_estimable": "no se puede estimar",
    "alpha": "Fiabilidad (alfa)", "mean": "Puntuación media", "sd": "Desviación típica",
    "sem": "Error típico de medida", "cut_error": "Error típico del corte",
    "csem": "Error de medida en el corte", "consistency": "Consistencia de la decisión",
    "consistency_kappa": "Consistencia más allá del azar (kappa)", "accuracy": "Acierto de la decisión",
    "exact": "Calificaciones iguales", "adjacent": "Calificaciones a un paso como mucho",
    "rater_kappa": "Acuerdo entre evaluadores (kappa ponderado)",
    "verdicts_agree": "Ambas hojas dan el mismo resultado",
    "adjudicated": "Parte que necesitó una tercera persona",
    "dependability": "Generalizabilidad de dos (Phi)",
    "passes": "Aprobados", "passes_level": "Nivel {level}", "passed": "aprobaron {passed} de {n}",
    "none": "Nadie se examinó en este periodo.",
    "scores": "Puntuaciones y cortes", "scores_axis": "puntos", "plane": "Ítems: dificultad y discriminación",
    "plane_x": "parte de los puntos alcanzada (p)", "plane_y": "correlación corregida (r)",
    "plane_note": "Marcados: ítems con un límite no cumplido. A trazos: los límites de p y de r.",
    "items": "Ítems", "elements": "Elementos", "item": "Ítem", "element": "Elemento", "p": "p", "r": "r",
    "flags": "Avisos", "items_none": "Los ítems no se pueden analizar: {reason}.",
    "assessors": "Personas evaluadoras", "assessor": "Persona", "shared": "Comunes", "severity": "Severidad",
    "kappa": "Kappa", "state": "Estado", "severity_plot": "Severidad, en pasos de la escala",
    "assessors_none": "No se pueden comparar las personas evaluadoras: {reason}.",
    "clear": "en regla", "watch": "en observación", "blocked": "bloqueada", "too_few": "pocas comunes",
    "raters": "Cuántas personas evaluadoras bastan", "raters_axis": "personas evaluadoras",
    "enough": "Con {number} personas evaluadoras se alcanza el límite.",
    "not_enough": "Ni con seis personas evaluadoras se alcanza el límite.",
    "cautions": "Cautelas",
    "why_too_few_persons": "muy pocas personas candidatas", "why_no_data": "sin personas candidatas",
    "why_constant_scores": "todas las puntuaciones son iguales", "why_not_defined": "no definido aquí",
    "why_reliability_not_between": "la fiabilidad no está entre 0 y 1",
    "why_items_in_points": "hay ítems de más de un punto",
    "flag_too_hard": "demasiado difícil", "flag_hard": "difícil", "flag_easy": "fácil",
    "flag_too_easy": "demasiado fácil", "flag_weak_discrimination": "discriminación baja",
    "flag_poor_discrimination": "discriminación muy baja", "flag_check_key": "revise la clave",
    "flag_non_functioning": "{option}: apenas elegida",
    "flag_positive_distractor": "{option}: la eligen quienes más saben",
    "flag_miskey": "{option}: ¿clave errónea?",
    "and_uncertain": "dudosos: {number}",
    "caution_few_persons": "Menos de 50 personas: las cifras varían mucho de un grupo a otro.",
    "caution_unstable": "Menos de 100 personas: las cifras varían de un grupo a otro.",
    "caution_speeded": "A algunas personas les faltó tiempo; los últimos ítems miden también la rapidez.",
}  # fmt: skip
LABELS = {"en": _EN, "es": _ES}


def label(language: str, code: str, **facts: object) -> str:
    """Return a wording in one of the languages."""
    return LABELS[language][code].format(**facts)


def named(language: str, kind: str, code: str) -> str:
    """Return the wording of a code that the measurement gives, or the code where it has none."""
    return LABELS[language].get(f"{kind}_{code}", code)


def number(language: str, value: float, places: int = 2) -> str:
    """Write a number with the language's own decimal sign."""
    text = f"{value:.{places}f}".replace("-", "\u2212")
    return text.replace(".", ",") if language == "es" else text
