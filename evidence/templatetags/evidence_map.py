"""What a cell of the evidence map says, for templates."""

from django import template

from evidence import map_words

register = template.Library()
for words in (
    map_words.as_text,
    map_words.best_words,
    map_words.certainty_words,
    map_words.count_words,
    map_words.direction_word,
    map_words.effect_words,
    map_words.empty_words,
    map_words.harm_words,
):
    register.filter(words.__name__, words)
