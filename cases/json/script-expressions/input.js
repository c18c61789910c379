var x = {a: 1 + 2, b: f("}", '{'), c: function (y) { return {z: [1]}; }, d: y ? "p" : "q",
 e: "s" + t, f: [1].concat(2), g, h() { return 1; }, ...rest, i: {}.j, k: (l, m), n: new Date(2021, 1), o: !0, p: `q
r`, s: -t, u: void 0, v: "w"};
