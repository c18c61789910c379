// don't take this {quote}
/* nor
 'this' */
a = b.replace(/['"]/g, ""); x = {"c": 'd'};
y = {re: e.match(/don't/), n: 1};
