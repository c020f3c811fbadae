"""How the words of a text and of a question are understood, in Russian and in English: plain Python."""
