"""How a published value is sent: validators, cache and security headers, language choice, problem documents."""
