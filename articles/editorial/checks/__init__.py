"""What a program can see in the words of a text before they go out. Plain Python: words in, findings out."""
