if (/["'{]/.test(a)) return/[/'"]/g; b = c / 2; x = {"c": 'd', re: /}'/, e: 4 / 2, f: "'"};
