"""Whether a disclosure says that AI was used without a word that could be the name of a tool."""

_WORDS = """
a an any my of our several some the various
ai artificial based generative genai intelligence language large llm llms model models
agent agents assistance assistant assistants assisted bot bots chat chatbot chatbots
code coding generated tool tooling tools
fully mostly partially partly true y yes
"""


def is_nameless(value: str) -> bool:
    """Whether a value holds nothing but words for AI as such, as `an LLM` and `AI` do. What is no word is left out."""
    spaced = "".join(character if character.isalpha() else " " for character in value.lower())
    return set(_WORDS.split()).issuperset(spaced.split())
