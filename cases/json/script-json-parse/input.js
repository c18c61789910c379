var a = JSON.parse("{\"b\":[1,\"it's\"]}"), c = JSON.parse( '{"d":2}' );
