def plain_text(body, *, cite=None):
    def inl(ns):
        return "".join(n.get("text", "") if n["type"] == "text" else inl(n.get("content", [])) for n in ns)

    return "\n\n".join(inl(n.get("content", [])) for n in body)
